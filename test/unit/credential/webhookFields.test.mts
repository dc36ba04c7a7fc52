import { NodeHelpers, type ICredentialType, type INodeParameters } from 'n8n-workflow';
import packageJson from '../../../package.json';

const types = packageJson.n8n.credentials.map((file) => {
	const source = `../../../${file.replace(/^dist\//, '').replace(/\.js$/, '')}`;
	const [type] = Object.values(jest.requireActual(source) as Record<string, new () => ICredentialType>);
	return new type();
});
const withSwitch = types.filter(({ properties }) => properties.some(({ name }) => name === 'receiveEvents'));

/** What a person may have stored in the fields behind the switch before there was one. */
const secretsOf = ({ properties }: ICredentialType): INodeParameters =>
	Object.fromEntries(
		properties
			.filter(
				({ typeOptions, displayOptions }) =>
					typeOptions?.password && displayOptions?.show?.receiveEvents?.[0] === true,
			)
			.map(({ name }) => [name, `the ${name} of old`]),
	);

/** As n8n 2.40 reads a credential for a node (returnDefaults), and as its editor saves one. */
const values = ({ properties }: ICredentialType, stored: INodeParameters, returnDefaults: boolean) =>
	NodeHelpers.getNodeParameters(properties, stored, returnDefaults, false, null, null) as INodeParameters;

const visible = ({ properties }: ICredentialType, stored: INodeParameters) => {
	const all = NodeHelpers.getNodeParameters(properties, stored, true, true, null, null) as INodeParameters;
	return properties
		.filter(
			(property) => property.type !== 'hidden' && NodeHelpers.displayParameter(all, property, null, null),
		)
		.map(({ name }) => name);
};

it.each(types.map((type) => [type.name, type] as const))(
	'%s asks nobody about webhooks at first',
	(_name, type) => {
		expect(visible(type, {}).filter((name) => /webhook|signing|secret/i.test(name))).toEqual([]);
	},
);

describe.each(withSwitch.map((type) => [type.name, type] as const))('%s', (_name, type) => {
	const secrets = secretsOf(type);

	it('shows no webhook field until the switch is on', () => {
		expect(Object.keys(secrets).length).toBeGreaterThan(0);
		expect(visible(type, {})).toEqual(expect.not.arrayContaining(Object.keys(secrets)));
		expect(visible(type, { receiveEvents: true })).toEqual(expect.arrayContaining(Object.keys(secrets)));
	});

	it.each([undefined, false, true])('keeps what was stored, with the switch %s', (receiveEvents) => {
		const stored = { apiKey: 'key', ...secrets, ...(receiveEvents === undefined ? {} : { receiveEvents }) };
		expect(values(type, stored, true)).toMatchObject(secrets);
		expect(values(type, stored, false)).toMatchObject(secrets);
	});

	it('has the same defaults for nodes, whatever the switch', () => {
		const off = values(type, { apiKey: 'key' }, true);
		const on = values(type, { apiKey: 'key', receiveEvents: true }, true);
		expect({ ...on, receiveEvents: null }).toEqual({ ...off, receiveEvents: null });
	});

	it('names each field first as the one that n8n takes for a secret', () => {
		for (const name of Object.keys(secrets))
			expect(type.properties.find((property) => property.name === name)?.typeOptions?.password).toBe(true);
	});
});
