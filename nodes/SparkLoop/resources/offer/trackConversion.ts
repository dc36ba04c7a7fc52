import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { textField } from '../../fields';
import { offer } from '../../entities';

/** A conversion is worth money, so it is never sent twice (docs/vendors/sparkloop.md#offers). */
export const trackConversion = operation({
	name: 'Track Conversion',
	value: 'trackConversion',
	action: 'Track offer conversion',
	description: 'Tell SparkLoop that a lead of an Action offer has done what the offer asks for',
	fields: [
		offer.id,
		textField('Submission ID', 'submissionId', {
			required: true,
			placeholder: 'e.g. submission_1a2b3c',
			description: 'The ID under which SparkLoop has sent you the lead',
		}),
	],
	input: z.object({ offerId: id, submissionId: id }),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.submissionId,
	request: (input) => ({
		method: 'POST',
		path: ['offers', input.offerId, 'submissions', input.submissionId, 'conversions'],
	}),
	output: (answer, input) => ({ ...(answer as IDataObject | undefined), ...input, converted: true }),
	advice: {
		404: 'Check the offer and the Submission ID: at least one of them is not there.',
		422: 'Only offers of the type Action have conversions, and a submission can convert once: this one may have converted already.',
	},
});
