import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** What tells the field of one secret from others. */
export type SecretField = Pick<
	INodeProperties,
	'displayName' | 'name' | 'description' | 'placeholder' | 'displayOptions'
>;

function previousNameOf(name: string): string {
	return `previous${name[0].toUpperCase()}${name.slice(1)}`;
}

/** Fields for a secret by which deliveries are verified, and for the one before it: it can be changed without a pause. */
export function rotatedSecretFields(secret: SecretField): INodeProperties[] {
	const { displayName, name, displayOptions } = secret;
	const field = { type: 'string' as const, typeOptions: { password: true }, default: '' };
	const noun = displayName.split(' ').slice(-1)[0].toLowerCase();
	return [
		{ ...field, ...secret },
		{
			...field,
			displayName: `Previous ${displayName}`,
			name: previousNameOf(name),
			description: `Accepted too, so that you can change the ${noun} without losing events`,
			...(displayOptions ? { displayOptions } : {}),
		},
	];
}

/** The secret that a credential states and, while it is being changed, the one before it; those that are there. */
export function statedSecrets(credential: IDataObject, name: string): string[] {
	return [credential[name], credential[previousNameOf(name)]].filter(
		(secret): secret is string => typeof secret === 'string' && secret !== '',
	);
}
