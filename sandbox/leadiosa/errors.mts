import { jsonAnswer, type Answer } from '../http/answer.mts';
import type { Refusal } from '../refusal.mts';

/** Only `conversation_not_found` is documented; the others are ASSUMED (docs/vendors/leadiosa.md#errors). */
const codes: Record<number, string> = {
	400: 'validation_error',
	401: 'unauthorized',
	403: 'forbidden',
	405: 'method_not_allowed',
	409: 'conflict',
	422: 'unprocessable',
	429: 'rate_limited',
};

/** A refusal in Leadiosa's error shape (docs/vendors/leadiosa.md#errors). */
export function errorAnswer({ status, message, field }: Refusal, requestId: string): Answer {
	const notFound = `${field ?? 'endpoint'}_not_found`;
	const code = status === 404 ? notFound : (codes[status] ?? 'internal_error');
	return jsonAnswer(status, { error: { code, message, request_id: `req_${requestId}` } });
}
