import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';

const NONE = 'none';
const SOURCES = ['form', NONE, 'other', 'seller'] as const;
const RECIPIENTS = ['analytics', 'buyer', 'crm', 'enhancement', 'esp', NONE, 'other'] as const;

function choices(values: readonly string[]): Array<{ name: string; value: string }> {
	return values.map((value) => ({
		name: ['crm', 'esp'].includes(value) ? value.toUpperCase() : value[0].toUpperCase() + value.slice(1),
		value,
	}));
}

/** A company that leads come from or go to (docs/vendors/activeprospect.md#fields-and-entities). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create entity',
	description: 'Add a company that leads come from, go to, or both',
	fields: [
		{ displayName: 'Name', name: 'name', type: 'string', required: true, default: '' },
		{
			displayName: 'Source Type',
			name: 'source',
			type: 'options',
			options: choices(SOURCES),
			default: 'seller',
			description: 'What it is as a source of leads, if it is one',
		},
		{
			displayName: 'Recipient Type',
			name: 'recipient',
			type: 'options',
			options: choices(RECIPIENTS),
			default: NONE,
			description: 'What it is as a recipient of leads, if it is one',
		},
	],
	input: z.object({
		name: z.string(),
		source: z.enum(SOURCES).default('seller'),
		recipient: z.enum(RECIPIENTS).default(NONE),
	}),
	safety: 'nonIdempotent',
	request: ({ name, source, recipient }) => ({
		method: 'POST',
		path: ['entities'],
		body: {
			name,
			source: source === NONE ? null : source,
			recipient: recipient === NONE ? null : recipient,
			module_ids: [],
		},
	}),
});
