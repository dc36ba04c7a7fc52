import { CodedRefusal, type Detail } from './errors.mts';
import type { Flow } from './flows.mts';
import type { LeadConduitSettings } from './settings.mts';

export type LeadFields = Record<string, string | number | boolean>;

/** The keys of a lead that the reference shows (docs/vendors/leadconduit.md#submit). */
const documented = [
	'first_name',
	'last_name',
	'email',
	'phone',
	'address',
	'city',
	'state',
	'postal_code',
	'source',
	'campaign',
];
const customField = /^custom_field_\w+$/;
const formats: Record<string, RegExp> = {
	email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
	phone: /^\+?[\d\s().-]{10,}$/,
	postal_code: /^\d{5}(-\d{4})?$/,
};

/** What is wrong with a lead, field by field; nothing when it may be taken (docs/vendors/leadconduit.md#submit). */
export function faultsOf(lead: unknown, flow: Flow, settings: Readonly<LeadConduitSettings>): Detail[] {
	if (typeof lead !== 'object' || lead === null || Array.isArray(lead)) {
		return [{ field: 'lead', code: 'invalid_type', message: 'lead must be an object' }];
	}
	const fields = Object.entries(lead);
	const missing = flow.requiredFields
		.filter((field) => !(field in lead))
		.map((field) => ({ field, code: 'missing_required', message: `${field} is required` }));
	const faulty = fields.flatMap(([field, value]) => {
		const fault = faultOf(field, value, settings);
		return fault ? [{ field, ...fault }] : [];
	});
	return [...missing, ...faulty];
}

function faultOf(field: string, value: unknown, { unknownFields }: Readonly<LeadConduitSettings>) {
	const isKnown = documented.includes(field) || customField.test(field);
	if (field === 'trusted_form_cert_url' || (unknownFields === 'refuse' && !isKnown)) {
		return { code: 'unknown_field', message: `${field} is not a field of a lead` };
	}
	if (!['string', 'number', 'boolean'].includes(typeof value) || value === '') {
		return { code: 'invalid_type', message: `${field} must be a value, neither empty nor nested` };
	}
	const format = formats[field];
	if (format && !format.test(String(value))) {
		return { code: 'invalid_format', message: `${field} has the wrong format` };
	}
	return undefined;
}

/** Throws the validation error with every detail (docs/vendors/leadconduit.md#errors). */
export function checkLead(
	lead: unknown,
	flow: Flow,
	settings: Readonly<LeadConduitSettings>,
): asserts lead is LeadFields {
	const details = faultsOf(lead, flow, settings);
	if (details.length > 0) throw invalid('The lead is not valid', details, settings);
}

export function invalid(
	message: string,
	details: Detail[],
	{ validationStatus }: Readonly<LeadConduitSettings>,
): CodedRefusal {
	return new CodedRefusal(validationStatus, 'validation_failed', message, details);
}

/** Values as LeadConduit keeps them: phone as E.164, ZIP as ZIP+4 (docs/vendors/leadconduit.md#lead). */
export function normalised(lead: LeadFields): LeadFields {
	const digits = String(lead.phone ?? '').replace(/\D/g, '');
	const phone = digits.length === 10 ? `+1${digits}` : `+${digits}`;
	const postalCode = /^\d{5}$/.test(String(lead.postal_code)) ? `${lead.postal_code}-0001` : lead.postal_code;
	return {
		...lead,
		...('phone' in lead && { phone }),
		...('postal_code' in lead && { postal_code: postalCode }),
	};
}

/** The object a body has to be, with no other members than these; throws a validation error. */
export function checkMembers(
	value: unknown,
	name: string,
	members: string[],
	settings: Readonly<LeadConduitSettings>,
): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		const message = `${name} must be a JSON object`;
		throw invalid(message, [{ field: name, code: 'invalid_type', message }], settings);
	}
	const unknown = Object.keys(value).filter((member) => !members.includes(member));
	if (unknown.length > 0) {
		const details = unknown.map((field) => ({
			field,
			code: 'unknown_field',
			message: `${field} is not a member of ${name}`,
		}));
		throw invalid(`${name} has unknown members`, details, settings);
	}
	return value as Record<string, unknown>;
}
