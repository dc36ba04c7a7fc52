/** Thrown to refuse a request; each vendor renders it in its own error shape. `field` names what was wrong with it. */
export class Refusal extends Error {
	readonly status: number;
	readonly field?: string;
	readonly headers: Record<string, string>;

	constructor(
		status: number,
		message: string,
		details: { field?: string; headers?: Record<string, string> } = {},
	) {
		super(message);
		this.status = status;
		this.field = details.field;
		this.headers = details.headers ?? {};
	}
}
