import { jsonAnswer, textAnswer, type Answer } from '../http/answer.mts';
import type { Refusal } from '../refusal.mts';

/** Faults of the format are told in plain text (docs/vendors/activeprospect.md#errors). */
const FORMAT_FAULTS = [400, 405, 406, 415];

export function errorAnswer({ status, message }: Refusal): Answer {
	if (FORMAT_FAULTS.includes(status)) return textAnswer(status, message);
	if (status === 403) return jsonAnswer(status, { message });
	return jsonAnswer(status, { error: message });
}
