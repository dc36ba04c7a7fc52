import type { IDataObject, IRunData } from 'n8n-workflow';
import type { WorkflowFile } from './rest.mts';

const join = (...parts: unknown[]): string =>
	parts.filter((part) => part !== undefined && part !== '').join(', ');

const describeLead = ({ id, firstName, lastName, email, phone, company }: IDataObject): string =>
	join(`${firstName ?? ''} ${lastName ?? ''}`.trim(), email, phone, company, `ID ${id}`);

/** What one output item of an example's node says, by the node's name. */
const inWords: Record<string, (json: IDataObject) => string> = {
	'Spara Trigger': ({ event, lead }) => `${event}: ${describeLead(lead as IDataObject)}`,
	'Get lead': describeLead,
	'Update lead': (lead) => `now has ${JSON.stringify(lead.customFields)}`,
	'Call lead': ({ leadId, queued }) =>
		`test call to lead ${leadId} ${queued ? 'is queued' : 'is not queued'}`,
};

/** The package's own steps in the workflow's order, one line each: name, then what came out, the error, or that it did not run. */
export function reportRun(workflow: WorkflowFile, runData: IRunData): string {
	const nodes = workflow.nodes.filter(({ name }) => name in inWords);
	const width = Math.max(...nodes.map(({ name }) => name.length));
	return nodes
		.map(({ name }, index) => {
			const [run] = runData[name] ?? [];
			const items = run?.data?.main[0] ?? [];
			const results = items.map(({ json }) => inWords[name](json));
			const said = run?.error ? `failed: ${run.error.message}` : results.join('; ') || 'did not run';
			return `${index + 1}. ${name.padEnd(width)}  ${said}`;
		})
		.join('\n');
}
