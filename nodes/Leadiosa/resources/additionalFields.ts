import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { fieldCollection } from '../../shared/operation/collection';

/** For what Leadiosa does not document yet; the only way to send a null. */
const json: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'json',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "language": "en" }',
	description:
		'An object of further fields with the names that Leadiosa uses. It is sent as it stands and wins over the fields above. Leadiosa does not say how to clear a field; null, which is sent too, is what to try.',
};

/** The optional fields of an operation that writes; further ones can always be given as JSON. */
export function additionalFields(
	options: INodeProperties[],
	displayName = 'Additional Fields',
): INodeProperties {
	return fieldCollection(displayName, 'additionalFields', 'Add field', [...options, json]);
}

/** What `additionalFields` may hold beside `json`. */
export function additionalInput<Shape extends z.ZodRawShape>(shape: Shape) {
	const fields = z
		.object(shape)
		.partial()
		.extend({ json: z.record(z.unknown()).optional() });
	return z.preprocess((given) => given ?? {}, fields);
}

/**
 * The body of an update.
 * @throws UserError when it would change nothing
 */
export function changes(fields: IDataObject, further: Record<string, unknown> = {}): IDataObject {
	const body = { ...fields, ...further } as IDataObject;
	if (Object.keys(body).length === 0) throw new UserError('There is nothing to update: no field has a value');
	return body;
}
