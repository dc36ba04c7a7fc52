import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The least that a trigger of a community package can do and still verify: it reads one credential of n8n's own (Header
 * Auth), compares one header, and hands the body over. What it costs more than n8n's Webhook node is n8n's share of any
 * community trigger.
 */
const source = `
class LeastTrigger {
	description = {
		displayName: 'Least Trigger',
		name: 'leastTrigger',
		group: ['trigger'],
		version: [1, 1.1],
		description: 'Verifies a header',
		defaults: { name: 'Least Trigger' },
		inputs: [],
		outputs: ['main'],
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'webhook' },
		],
		properties: [],
	};
	async webhook() {
		const { name, value } = await this.getCredentials('httpHeaderAuth');
		if (this.getHeaderData()[name] !== value) {
			this.getResponseObject().status(401).json({ message: 'Not authorized' });
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}
module.exports = { LeastTrigger };
`;

/** Its type in n8n. */
export const LEAST_TRIGGER = 'CUSTOM.leastTrigger';

/** Writes it to a new folder; gives what n8n has to be told so that it loads it. */
export function leastTriggerEnvironment(): Record<string, string> {
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-least-'));
	writeFileSync(join(folder, 'LeastTrigger.node.js'), source);
	return { N8N_CUSTOM_EXTENSIONS: folder };
}
