import type { IDataObject } from 'n8n-workflow';
import type { Execution, WorkflowFile } from './rest.mts';

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

/** An execution's steps in the workflow's order, one line each: name, then what came out, the error, or that it did not run. */
export function reportExecution(workflow: WorkflowFile, { data }: Execution): string {
	const width = Math.max(...workflow.nodes.map(({ name }) => name.length));
	return workflow.nodes
		.map(({ name }, index) => {
			const [run] = data.resultData.runData[name] ?? [];
			const items = run?.data?.main[0] ?? [];
			const results = items.map(({ json }) => inWords[name](json));
			const said = run?.error ? `failed: ${run.error.message}` : results.join('; ') || 'did not run';
			return `${index + 1}. ${name.padEnd(width)}  ${said}`;
		})
		.join('\n');
}
