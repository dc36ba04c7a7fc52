/**
 * Mistakes in a room that the type check (`npm run lint`) refuses. A line below that compiles after all is itself an error:
 * `@ts-expect-error` demands that it does not.
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { operation, type Operation, type Resource } from '../../nodes/shared/operation/operation.ts';
import { runNode } from '../../nodes/shared/operation/run.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';

declare const context: IExecuteFunctions;
declare const vendor: Vendor<'calls'>;
declare const unlimited: Vendor;

const base = {
	name: 'Call',
	value: 'call',
	action: 'Call lead',
	description: 'Place a call',
	fields: [],
	input: z.object({ leadId: z.string() }),
	safety: 'nonIdempotent',
} as const;
const request = (): { method: 'POST'; path: string[] } => ({ method: 'POST', path: ['calls'] });
const list = { pages: async function* () {}, recordId: () => '' };
const resourceOf = <Limit extends string>(one: Operation<Limit>): Resource<Limit> => ({
	name: 'Lead',
	value: 'lead',
	operations: [one],
});

// @ts-expect-error an operation that does nothing
operation({ ...base, fields: [] });

// @ts-expect-error an operation with two ways
operation({ ...base, fields: [], request, list });

// @ts-expect-error an output for a list, where the vendor's answer is not the output
operation({ ...base, fields: [], list, output: () => ({}) });

// @ts-expect-error the input's type follows from the schema, which calls it leadId
operation({ ...base, fields: [], request: ({ leadID }) => ({ method: 'GET', path: [leadID] }) });

// @ts-expect-error a safety that does not exist
operation({ ...base, fields: [], safety: 'unsafe', request });

const call = operation({ ...base, fields: [], request, limits: ['calls'] });
const misspelt = operation({ ...base, fields: [], request, limits: ['cals'] });

void runNode(context, vendor, [resourceOf(call)]);

// @ts-expect-error a limit that the vendor does not have
void runNode(context, vendor, [resourceOf(misspelt)]);

// @ts-expect-error a limit of a vendor that has only the general one
void runNode(context, unlimited, [resourceOf(call)]);

// @ts-expect-error a vendor that names a limit and does not say how much it is
const silent: Vendor<'calls'>['rateLimits'] = () => ({ general: [] });
void silent;
