import { basename } from 'node:path';
import type { ICredentialType, IDataObject, INodeProperties } from 'n8n-workflow';
import { rateLimitFields } from '../../nodes/shared/credential/rateLimit.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';
import { exists, textOf, type Problem } from './rooms.mts';
import { problemsOfField } from './texts.mts';

/** What people enter to prove who they are, or that a delivery is genuine. */
const SECRET_NAME = /(key|token|secret|password)$/i;

/** What a field of this name is called and is for, in every vendor's credential. */
const COMMON_FIELDS: Record<string, Pick<INodeProperties, 'type'>> = {
	apiKey: { type: 'string' },
	baseUrl: { type: 'string' },
	username: { type: 'string' },
	password: { type: 'string' },
	webhookVerification: { type: 'options' },
};

/** The URL to which the vendor's own address can be changed, for a test against a server of one's own. */
const BASE_URL = 'baseUrl';

/** The fields that hold a value, each once: those that only keep what was stored are left out. */
function shownFields({ properties }: ICredentialType): INodeProperties[] {
	return properties.filter(({ type }) => type !== 'hidden' && type !== 'notice');
}

/** A credential whose questions are noted. */
function asked(ask: (credential: IDataObject) => unknown): Set<string> {
	const names = new Set<string>();
	const noted = new Proxy<IDataObject>(
		{},
		{
			get: (_, name) => {
				names.add(String(name));
				return undefined;
			},
			has: () => true,
		},
	);
	try {
		ask(noted);
	} catch {
		// Whatever it made of an empty credential, what it asked for counts.
	}
	return names;
}

/** Whether everything that is read of a credential is a field of it. */
export function problemsOfReading(
	credential: ICredentialType,
	what: string,
	ask: (credential: IDataObject) => unknown,
): Problem[] {
	const names = credential.properties.map(({ name }) => name);
	return [...asked(ask)]
		.filter((name) => !names.includes(name))
		.map((name) => `${what} reads "${name}", which is no field of the credential ${credential.displayName}`);
}

function problemsOfSecrets(credential: ICredentialType, place: string): Problem[] {
	return shownFields(credential).flatMap(({ name, type, typeOptions, displayName }) => {
		const isSecret = type === 'string' && SECRET_NAME.test(name);
		if (isSecret === Boolean(typeOptions?.password)) return [];
		return isSecret
			? [`${place}: "${displayName}" is a secret: give it typeOptions: { password: true }`]
			: [`${place}: "${displayName}" is masked, but its name "${name}" is not one of a secret`];
	});
}

function problemsOfIcon({ icon }: ICredentialType, place: string): Problem[] {
	if (typeof icon !== 'object') return [`${place}: give it icons for light and dark`];
	const paths = [icon.light, icon.dark].map((file) => file.replace(/^file:(\.\.\/)+/, ''));
	if (paths[0] === paths[1]) return [`${place}: light and dark need icons of their own`];
	return paths.filter((path) => !exists(path)).map((path) => `${place}: there is no ${path}`);
}

/** What is wrong with a credential by itself. */
export function problemsOfCredential(credential: ICredentialType, path: string): Problem[] {
	const { name, displayName, documentationUrl = '', authenticate, test, properties } = credential;
	const fields = shownFields(credential);
	const names = fields.map((field) => field.name);
	const limits = rateLimitFields({ description: '', requests: 1, seconds: 1 }).map((field) => field.name);
	const [className] = basename(path).split('.');
	const wrong: Array<[boolean, Problem]> = [
		[
			name !== className[0].toLowerCase() + className.slice(1),
			`${path}: its name is that of its class, ${className}, with a small first letter`,
		],
		[!displayName.endsWith(' API'), `${path}: the display name ends in "API"`],
		[!/^https:\/\/\S+\.\S+$/.test(documentationUrl), `${path}: documentationUrl is a whole https address`],
		[!authenticate, `${path}: say how requests are authenticated (authenticate)`],
		[!test, `${path}: say how the credential is tested (test)`],
		[
			Boolean(test) && !test?.rules?.length,
			`${path}: the test looks at the shape of the answer (rules), not at its status alone`,
		],
		[!names.includes(BASE_URL), `${path}: add the field "Base URL" (baseUrl), as every credential has it`],
		[
			limits.some((field) => !names.includes(field)),
			`${path}: add rateLimitFields(), for accounts that know a limit of their own`,
		],
	];
	return [
		...wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...names
			.filter((field, at) => names.indexOf(field) !== at)
			.map((field) => `${path}: the field "${field}" is there twice`),
		...fields
			.filter((field) => field.name in COMMON_FIELDS && field.type !== COMMON_FIELDS[field.name].type)
			.map((field) => `${path}: "${field.name}" is of the type ${COMMON_FIELDS[field.name].type} everywhere`),
		...problemsOfSecrets(credential, path),
		...problemsOfIcon(credential, path),
		...properties.flatMap((field) => problemsOfField(field, path)),
	];
}

/** What is wrong between a vendor's facts and its credential. */
export function problemsOfVendor(vendor: Vendor<string>, folder: string): Problem[] {
	const { credential, identity, rateLimits, baseUrl, name, platform, credentialNoun } = vendor;
	const place = `${folder}/vendor.ts`;
	const secrets = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
	const told = [...asked(identity)];
	const wrong: Array<[boolean, Problem]> = [
		[secrets.length === 0, `${place}: the credential has no field with password: true`],
		[
			told.length === 0,
			`${place}: identity names what shares one rate limit: the API key, the user name or the account`,
		],
		[
			!('general' in rateLimits({})),
			`${place}: rateLimits names the limit "general", [] where none is known`,
		],
		[
			new Set([JSON.stringify(identity({})), JSON.stringify(identity(filled(told, 'one')))]).size < 2,
			`${place}: identity is the same for everybody`,
		],
		[!/^[\p{Ll}A-Z]/u.test(credentialNoun), `${place}: credentialNoun is as in "did not accept the API key"`],
		[name.toLowerCase().replace(/\s/g, '') !== platform, `${place}: the platform is the name in lower case`],
	];
	return [
		...wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])),
		...problemsOfReading(credential, `${place}: identity`, identity),
		...problemsOfReading(credential, `${place}: rateLimits`, rateLimits),
		...(baseUrl ? problemsOfReading(credential, `${place}: baseUrl`, baseUrl) : []),
	];
}

function filled(names: string[], value: string): IDataObject {
	return Object.fromEntries(names.map((name) => [name, value]));
}

/** Whether an icon is a drawing on a square. */
export function problemsOfDrawing(path: string): Problem[] {
	if (!exists(path)) return [];
	const svg = textOf(path);
	const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
	if (!width) return [`${path}: give it a viewBox that starts at 0 0`];
	return width === height ? [] : [`${path}: it is ${width} by ${height}, not a square`];
}
