import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { choiceField, listOfTexts, textField } from '../../fields';
import type { FormField, FormFile } from '../../../shared/transport/multipart';

/** A logo has less than 1 MB, and is PNG or JPEG (docs/vendors/sparkloop.md#publications). */
const MAX_LOGO_BYTES = 1_000_000;
const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/jpg'];

export const name = textField('Name', 'name');

export const categories = textField('Categories', 'categories', {
	placeholder: 'e.g. Technology, Marketing',
	description: "One to three of SparkLoop's categories, separated by commas",
});

export const logo = textField('Logo Binary Field', 'logoBinaryField', {
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing the binary file data to be uploaded',
	description: 'A PNG or JPEG of less than 1 MB',
});

export const audienceGender = choiceField('Audience Gender', 'audienceGender', [
	{ name: 'Mixed', value: 'mixed' },
	{ name: 'Almost All Female', value: 'almost_all_female' },
	{ name: 'Almost All Male', value: 'almost_all_male' },
	{ name: 'Mainly Female', value: 'mainly_female' },
	{ name: 'Mainly Male', value: 'mainly_male' },
]);

export const incomeLevels = textField('Income Levels', 'incomeLevels', {
	description: "SparkLoop's income levels of the audience, separated by commas",
});

export const ageRanges = textField('Age Ranges', 'ageRanges', {
	placeholder: 'e.g. 25-34, 35-44',
	description: "SparkLoop's age ranges of the audience, separated by commas",
});

export const description = textField('Description', 'description');

export const listId = textField('List ID', 'listId', { description: 'The list in your email platform' });

export const status = choiceField('Status', 'status', [
	{ name: 'Active', value: 'active' },
	{ name: 'Archived', value: 'archived' },
]);

/** Those fields that hold several texts. */
export const listsOfTexts = {
	categories: listOfTexts.refine((list) => list.length >= 1 && list.length <= 3, {
		message: 'must be one to three categories',
	}),
	incomeLevels: listOfTexts,
	ageRanges: listOfTexts,
};

/** @throws UserError when SparkLoop would not take the file as a logo */
export function checkedLogo(file: FormFile): FormFile {
	const description = 'SparkLoop takes PNG and JPEG files of less than 1 MB.';
	if (!LOGO_TYPES.includes(file.mimeType))
		throw new UserError(`The logo is of type ${file.mimeType}`, { description });
	if (file.bytes.length >= MAX_LOGO_BYTES) throw new UserError('The logo is too large', { description });
	return file;
}

/**
 * The fields as a form. How lists are written in one is not documented; this is the usual way
 * (docs/vendors/sparkloop.md#publications).
 */
export function formOf(body: IDataObject, file: FormFile): FormField[] {
	const field = (name: string, value: FormField['value']): FormField => ({ name, value });
	const fields = Object.entries(body).flatMap(([key, value]) =>
		Array.isArray(value)
			? value.map((entry) => field(`${key}[]`, String(entry)))
			: [field(key, String(value))],
	);
	return [...fields, field('logo', file)];
}
