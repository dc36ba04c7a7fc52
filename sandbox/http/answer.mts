/** What a vendor answers: a status, headers and the body as text. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export const jsonAnswer = (status: number, value: unknown): Answer => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(value),
});

export const textAnswer = (
	status: number,
	body: string,
	contentType = 'text/plain; charset=utf-8',
): Answer => ({
	status,
	headers: { 'content-type': contentType },
	body,
});

export const emptyAnswer = (status: number): Answer => ({ status, headers: {}, body: '' });
