import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ActiveProspect } from '../../../nodes/ActiveProspect/ActiveProspect.node.ts';
import { editorContext, searchList } from '../engine/searchList.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.activeprospect.reset());
afterAll(async () => await stage.close());

const node = new ActiveProspect();
const asked = (parameters: INodeParameters = {}, credential: IDataObject = {}) => ({
	node,
	credentials: stage.credentialOf(credential),
	credentialTypes: stage.credentialTypes,
	parameters,
});
type Method = keyof ActiveProspect['methods']['listSearch'];
const list = async (
	method: Method,
	filter?: string,
	parameters?: INodeParameters,
	credential?: IDataObject,
) => (await searchList({ ...asked(parameters, credential), method, filter })).results;

describe('the lists to pick from', () => {
	it('have flows by name, those whose name holds what is typed', async () => {
		const { solar, windows, plain, roofing } = stage.flows;
		expect(await list('searchFlows')).toEqual([
			{ name: 'Plain intake', value: plain },
			{ name: 'Roofing', value: roofing },
			{ name: 'Solar', value: solar },
			{ name: 'Windows', value: windows },
		]);
		expect(await list('searchFlows', 'SOL')).toEqual([{ name: 'Solar', value: solar }]);
	});

	it('have the sources of the chosen flow by the ID of their entity, and none without a flow', async () => {
		const { form, partner, closed } = stage.entities;
		const { flowId } = stage.posting('solar');
		expect(await list('searchSources', undefined, { flowId })).toEqual([
			{ name: 'Closed source', value: closed },
			{ name: 'Partner', value: partner },
			{ name: 'Web form', value: form },
		]);
		expect(await list('searchSources')).toEqual([]);
	});

	it('have suppression lists by their URL name, and reports', async () => {
		expect(await list('searchLists')).toEqual([
			{ name: 'do not call', value: 'do_not_call' },
			{ name: 'duplicates', value: 'duplicates' },
		]);
		expect(await list('searchReports', 'month')).toMatchObject([{ name: 'Sources this month' }]);
	});

	it('have sources and recipients of the account for filters; an account without entities has none', async () => {
		const { loadOptions } = node.methods;
		const options = async (method: keyof typeof loadOptions) =>
			await loadOptions[method].call(editorContext(asked()) as never);
		expect(await options('getSources')).toEqual([{ name: 'Web form', value: stage.entities.form }]);
		expect(await options('getRecipients')).toEqual([{ name: 'CRM', value: stage.entities.crm }]);
		expect(await options('getFlows')).toHaveLength(4);
		stage.activeprospect.empty({ list: 'entities' });
		expect(await options('getSources')).toEqual([]);
	});

	it('say why they are empty, without the key', async () => {
		const failing = list('searchFlows', undefined, {}, { apiKey: 'a-wrong-key-of-nobody' });
		await expect(failing).rejects.toMatchObject({
			message: expect.stringContaining('authentication failed'),
			description: expect.stringContaining('API key'),
		});
		await expect(failing).rejects.not.toMatchObject({ message: expect.stringContaining('a-wrong-key') });
		await expect(
			list('searchFlows', undefined, {}, { apiKey: 'activeprospect-sandbox-trial' }),
		).rejects.toMatchObject({ message: expect.stringContaining('not authorized') });
	});
});

describe('the field mapper', () => {
	const fields = async (parameters: INodeParameters = {}) => {
		const context = editorContext(asked(parameters)) as never;
		return (await node.methods.resourceMapping.getLeadFields.call(context)).fields;
	};
	const ids = async (parameters?: INodeParameters) => (await fields(parameters)).map(({ id }) => id);

	it('has what the source takes, by its description or the fields of the flow', async () => {
		const described = await ids(stage.posting('solar'));
		expect(described).toContain('tier_acme');
		stage.activeprospect.configure({ offersMeta: false });
		expect(await ids(stage.posting('solar'))).toEqual(described);
		stage.activeprospect.configure({ offersMeta: true });
	});

	it('has the usual fields while no source is chosen', async () => {
		const usual = await fields();
		expect(usual.map(({ id }) => id)).toEqual(expect.arrayContaining(['email', 'phone_1', 'company.name']));
		expect(usual.every(({ required, display }) => !required && display)).toBe(true);
	});

	it('sends what is filled in: empty ones left out, dots as levels, with the fields of the account', async () => {
		const { items, error } = await stage.run(
			['lead', 'submit'],
			{
				...stage.posting('plain'),
				leadFields: {
					mappingMode: 'defineBelow',
					value: { email: '={{ $json.email }}', 'company.name': 'Acme', state: '' },
					matchingColumns: [],
					schema: [],
				},
				customFields: { field: [{ name: 'tier_acme', value: 'gold' }] },
			} as never,
			[{ email: 'ana@shop.example' }],
		);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ email: 'ana@shop.example', company: 'Acme', outcome: 'success' });
		const [{ sent = '' }] = stage.activeprospect.requests().filter(({ path }) => path.endsWith('/submit'));
		expect(JSON.parse(sent)).toEqual({
			email: 'ana@shop.example',
			company: { name: 'Acme' },
			tier_acme: 'gold',
		});
	});
});

it('a pasted posting URL names the flow and the source', async () => {
	const url = `https://app.leadconduit.com/flows/${stage.flows.plain}/sources/${stage.entities.form}/submit`;
	const pasted = { __rl: true, mode: 'url', value: url };
	const { error } = await stage.run(['lead', 'submit'], {
		flowId: pasted,
		sourceId: pasted,
		leadData: 'json',
		fieldsJson: { email: 'ana@shop.example' },
	} as never);
	expect(error).toBeUndefined();
	expect(stage.activeprospect.leads()).toMatchObject([{ flow: stage.flows.plain, source: 'Web form' }]);
});
