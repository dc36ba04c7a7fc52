import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { attempt, attemptAsync } from '../../../shared/attempt';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { RequestError } from '../../../shared/transport/requestError';
import { SUPPRESSION_LIST } from '../../vendor';
import { listName } from '../pickers';

/** 404 with `found: false` is the usual "not found"; any other is an error (docs/vendors/activeprospect.md#suppression-lists). */
function notFoundIn(error: unknown): IDataObject | undefined {
	if (!(error instanceof RequestError) || error.ending.response?.status !== 404) return undefined;
	const { body } = error.ending.response;
	const parsed = attempt(() => JSON.parse(body) as IDataObject | null);
	return parsed.ok && parsed.value?.found === false ? parsed.value : undefined;
}

export const check = operation({
	name: 'Check',
	value: 'check',
	action: 'Check value in suppression list',
	description: 'Find out whether an email, phone number or other value is on a list. Not found is a result.',
	fields: [
		listName,
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana@shop.example',
		},
	],
	input: z.object({ list: id, value: id }),
	safety: 'safe',
	run: async (input, send) => {
		const path = ['exists', input.list, input.value];
		const read = await attemptAsync(
			async () => await send({ method: 'GET', server: SUPPRESSION_LIST, path }),
		);
		const answer = read.ok ? (read.value as IDataObject) : notFoundIn(read.error);
		if (answer === undefined) throw read.ok ? new Error('There was no answer') : read.error;
		return { value: input.value, list: input.list, ...answer };
	},
	advice: { 404: 'Check the list: there is none with this name.' },
});
