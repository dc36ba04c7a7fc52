import { jsonAnswer, textAnswer, type Answer } from '../http/answer.mts';
import type { Refusal } from '../refusal.mts';

export const errorShapes = ['nested', 'flat', 'string', 'detail', 'list', 'text'] as const;

const codes: Record<number, string> = {
	400: 'invalid_request',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not_found',
	405: 'method_not_allowed',
	413: 'payload_too_large',
	415: 'unsupported_media_type',
	422: 'unprocessable',
	429: 'rate_limited',
};

/**
 * A refusal in one of the shapes Spara's errors may have; `nested` is the assumed one (docs/vendors/spara.md#errors).
 */
export function errorAnswer(
	{ status, message, field }: Refusal,
	shape: (typeof errorShapes)[number],
): Answer {
	const code = codes[status] ?? 'server_error';
	switch (shape) {
		case 'nested':
			return jsonAnswer(status, { error: { code, message } });
		case 'flat':
			return jsonAnswer(status, { message });
		case 'string':
			return jsonAnswer(status, { error: message });
		case 'detail':
			return jsonAnswer(status, { detail: message });
		case 'list':
			return jsonAnswer(status, { errors: [{ code, field, message }] });
		case 'text':
			return textAnswer(status, message);
	}
}
