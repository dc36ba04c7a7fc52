import type { IAuthenticateRuleResponseCode, ICredentialTestRequest } from 'n8n-workflow';

/** What the test of a credential asks for, and how the vendor is known by the answer. */
export interface CredentialTestDefinition {
	/** The vendor's name as people write it. */
	vendor: string;
	/** What a person proves with the credential, where it is no API key, e.g. "user name and password". */
	credentialNoun?: string;
	/** A request that needs the least right; expressions may use `$credentials`. */
	request: ICredentialTestRequest['request'];
	/** A key that every answer of the vendor to this request has. */
	answerKey: string;
	/** What to say about a status, where the vendor's own facts say more than the general words. */
	words?: Record<number, string>;
}

const REDIRECTS = [301, 302, 303, 307, 308];

const OUTAGES = [500, 502, 503, 504];

/** Statuses of servers that do not know such a request, so that they are somebody else's. */
const NOT_THE_API = [400, 404, 405, 406, 410, 415, 422, 501];

function wordsByStatus(vendor: string, noun: string): Record<number, string> {
	const forAll = (statuses: number[], words: string): Array<[number, string]> =>
		statuses.map((status) => [status, words]);
	return Object.fromEntries([
		...forAll(
			REDIRECTS,
			`This Base URL leads on to another address, where the ${noun} must not go. Enter the address of the API itself.`,
		),
		...forAll(
			NOT_THE_API,
			`There is no ${vendor} API at this Base URL. Check the address and the path in it.`,
		),
		...forAll(
			OUTAGES,
			`${vendor} could not answer just now. It has not refused the ${noun}; try again later.`,
		),
		[
			401,
			`${vendor} did not accept the ${noun}. Copy it again from ${vendor}: it may be incomplete, revoked, or belong to another account.`,
		],
		[402, `${vendor} wants a plan that includes the API before it accepts this ${noun}.`],
		[
			403,
			`${vendor} knows this ${noun}, but does not allow it to read. Use that of a user with more rights, and check that your ${vendor} plan includes the API.`,
		],
		[
			429,
			`The rate limit of ${vendor} is used up just now. It has not refused the ${noun}; try again in a minute.`,
		],
	]);
}

/**
 * A credential's test that says in words what to do. n8n 2.x shows a rule's message for an answer of that status, n8n 1.x
 * words of its own; what no server answered (an unknown host, a refused connection) both show by its system code, and
 * nothing can change that.
 */
export function credentialTest({
	vendor,
	credentialNoun = 'API key',
	request,
	answerKey,
	words = {},
}: CredentialTestDefinition): ICredentialTestRequest {
	const codes = Object.entries({ ...wordsByStatus(vendor, credentialNoun), ...words }).map(
		([status, message]): IAuthenticateRuleResponseCode => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		}),
	);
	const body = {
		type: 'responseSuccessBody',
		properties: {
			key: answerKey,
			value: undefined,
			message: `This Base URL does not answer like ${vendor}. Check the address and the path in it.`,
		},
	};
	return {
		// A redirect would take the key along to wherever it leads.
		request: { disableFollowRedirect: true, ...request },
		// n8n tells the rules apart by their type; its own type allows lists of one kind only.
		rules: [...codes, body] as ICredentialTestRequest['rules'],
	};
}
