import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { company } from '../../entities';
import { fieldCollection } from '../fields';
import { bodyOf, companyFields, companyInput, companyName, companyNameInput } from './data';

/** Sparx takes any number of companies with one name. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create company',
	description: 'Add a new company. Use Create or Update where it may be there already.',
	fields: [companyName, fieldCollection('Additional Fields', 'additionalFields', 'Add field', companyFields)],
	input: z.object({
		companyName: companyNameInput,
		additionalFields: z.object(companyInput).partial().default({}),
	}),
	safety: 'nonIdempotent',
	request: (input) => ({
		method: 'POST',
		path: company.path,
		body: bodyOf(input.companyName, input.additionalFields as IDataObject),
	}),
	output: recordIn,
	simplify: company.simplify,
});
