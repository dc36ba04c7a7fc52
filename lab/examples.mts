import type { Sandbox } from '../sandbox/server.mts';
import { otherPlatforms } from './platforms.mts';
import type { Credential, Editor } from './rest.mts';

/** Stores a credential of each type that the examples name, for the sandbox's first accounts. */
export async function exampleCredentials(
	editor: Editor,
	sandboxUrl: string,
	sandbox: Sandbox,
): Promise<Credential[]> {
	const [{ key }] = sandbox.spara.accounts();
	const contents = [
		{
			name: 'Spara',
			type: 'sparaApi',
			data: { apiKey: key, baseUrl: `${sandboxUrl}/spara/v1`, webhookSecret: 'a secret of ours' },
		},
		{ name: 'Header Auth', type: 'httpHeaderAuth', data: { name: 'X-Token', value: 'ours' } },
		{ name: 'OpenAI', type: 'openAiApi', data: { apiKey: 'none' } },
		...otherPlatforms(sandboxUrl, sandbox).map(({ name, credential }) => ({ name, ...credential })),
	];
	const stored: Credential[] = [];
	for (const { name, type, data } of contents)
		stored.push(await editor.createCredential(type, `${name} account`, data));
	return stored;
}
