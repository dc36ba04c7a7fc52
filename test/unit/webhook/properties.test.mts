import type { INodePropertyOptions } from 'n8n-workflow';
import { triggerProperties } from '../../../nodes/shared/webhook/properties';

describe('the events of a trigger', () => {
	it('read as sentences in the list of triggers, abbreviations as they are', () => {
		const names = ['Lead Created', 'AI Handoff', 'Voice Call Ended'];
		const [events] = triggerProperties({
			events: names.map((name) => ({ name, value: name })),
		} as Parameters<typeof triggerProperties>[0]);

		expect((events.options as INodePropertyOptions[]).map(({ action }) => action)).toEqual([
			'On any event',
			'On lead created',
			'On AI handoff',
			'On voice call ended',
		]);
	});
});
