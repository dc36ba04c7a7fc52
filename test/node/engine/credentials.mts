import {
	isExpression,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type Workflow,
} from 'n8n-workflow';

/** What a user filled in, by credential type name: `{ sparaApi: { apiKey: '...' } }`. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

function resolve(
	value: unknown,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
) {
	if (!isExpression(value)) return value;
	const resolved = workflow.expression.getSimpleParameterValue(
		node,
		value,
		'internal',
		{ $credentials: credentials },
		undefined,
		'',
	);
	return resolved ? String(resolved) : '';
}

function notSupported(): never {
	throw new Error('The engine harness keeps no credential store and refreshes no tokens');
}

/**
 * Stands where n8n has its database of credentials; the rest follows n8n's `CredentialsHelper` (2.40.7): field
 * defaults are filled in, and `authenticate` runs a function or resolves the generic form's expressions.
 * Credentials whose type has `preAuthentication` (tokens to refresh) are out of scope: our vendors use static keys.
 */
export function credentialsHelper(
	credentials: Credentials,
	credentialTypes: ICredentialType[],
): ICredentialsHelper {
	const typeNamed = (name: string): ICredentialType => {
		const found = credentialTypes.find((credentialType) => credentialType.name === name);
		if (!found) throw new Error(`The test passes no credential type "${name}"`);
		return found;
	};

	return {
		getParentTypes: (name) => typeNamed(name).extends ?? [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (name) => typeNamed(name).properties,

		async getDecrypted(_additionalData, _nodeCredentials, name) {
			const filledIn = NodeHelpers.getNodeParameters(
				typeNamed(name).properties,
				(credentials[name] ?? {}) as never,
				true,
				false,
				null,
				null,
			);
			return filledIn as ICredentialDataDecryptedObject;
		},

		async authenticate(data, name, request, workflow, node) {
			const { authenticate } = typeNamed(name);
			const options = request as IHttpRequestOptions;
			if (typeof authenticate === 'function') return await authenticate(data, options);
			if (!authenticate || !workflow || !node) return options;
			const sections = options as unknown as Record<string, IDataObject>;
			for (const [section, entries] of Object.entries(authenticate.properties)) {
				const target = (sections[section] ??= {});
				for (const [key, value] of Object.entries(entries as IDataObject)) {
					target[String(resolve(key, data, workflow, node))] = resolve(value, data, workflow, node) as string;
				}
			}
			return options;
		},

		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getCredentials: notSupported,
		updateCredentials: notSupported,
		updateCredentialsOauthTokenData: notSupported,
	};
}
