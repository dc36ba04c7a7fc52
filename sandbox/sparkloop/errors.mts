import { jsonAnswer, textAnswer, type Answer } from '../http/answer.mts';
import type { Refusal } from '../refusal.mts';

export const errorShapes = ['json', 'unquoted', 'text'] as const;

/**
 * A refusal as `{"error": "text"}`, as the seed prints it without quotes, or as bare text
 * (docs/vendors/sparkloop.md#errors).
 */
export function errorAnswer({ status, message }: Refusal, shape: (typeof errorShapes)[number]): Answer {
	if (shape === 'json') return jsonAnswer(status, { error: message });
	return textAnswer(status, shape === 'unquoted' ? `{ error: "${message}" }` : message);
}
