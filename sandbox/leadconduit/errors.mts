import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { LeadConduitSettings } from './settings.mts';

export interface Detail {
	field: string;
	code: string;
	message: string;
}

const codes: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not_found',
	405: 'method_not_allowed',
	409: 'conflict',
	413: 'payload_too_large',
	415: 'unsupported_media_type',
	429: 'rate_limit_exceeded',
};

/** A refusal with a code of its own, field by field where it is about fields (docs/vendors/leadconduit.md#errors). */
export class CodedRefusal extends Refusal {
	readonly code: string;
	readonly details: Detail[];

	constructor(status: number, code: string, message: string, details: Detail[] = []) {
		super(status, message);
		this.code = code;
		this.details = details;
	}
}

/**
 * A refusal in the reference's shape, or as the flat text that other documents show
 * (docs/vendors/leadconduit.md#errors).
 */
export function errorAnswer(
	refusal: Refusal,
	requestId: string,
	{ errorShape }: Readonly<LeadConduitSettings>,
): Answer {
	const { status, message } = refusal;
	if (errorShape === 'flat') return jsonAnswer(status, { error: message });
	const coded = refusal instanceof CodedRefusal ? refusal : undefined;
	const code = coded?.code ?? codes[status] ?? 'server_error';
	const details = coded && coded.details.length > 0 ? { details: coded.details } : {};
	return jsonAnswer(status, { error: { code, message, ...details, request_id: requestId } });
}
