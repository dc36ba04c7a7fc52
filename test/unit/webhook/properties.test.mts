import type { INodePropertyOptions } from 'n8n-workflow';
import type { EventCatalogue } from '../../../nodes/shared/webhook/events.ts';
import { triggerProperties } from '../../../nodes/shared/webhook/properties.ts';
import { registrationByHand } from '../../../nodes/shared/webhook/registration.ts';
import { vendor } from '../transport/vendorExample.mts';

function propertiesOf(parts: Partial<EventCatalogue>) {
	const catalogue = { events: [], verify: () => undefined, read: () => ({ event: '', data: {} }), ...parts };
	return triggerProperties(vendor, catalogue, registrationByHand('Paste it'));
}

function optionNames(parts: Partial<EventCatalogue>): string[] {
	const found = propertiesOf(parts).find(({ name }) => name === 'options')?.options;
	return (found ?? []).map(({ name }) => name);
}

describe('the events of a trigger', () => {
	it('read as sentences in the list of triggers, abbreviations as they are', () => {
		const names = ['Lead Created', 'AI Handoff', 'Voice Call Ended'];
		const [, events] = propertiesOf({ events: names.map((name) => ({ name, value: name })) });

		expect((events.options as INodePropertyOptions[]).map(({ action }) => action)).toEqual([
			'On any event',
			'On lead created',
			'On AI handoff',
			'On voice call ended',
		]);
	});
});

describe('the options of a trigger', () => {
	const option = (name: string) => ({ displayName: name, name, type: 'string' as const, default: '' });

	it.each<[string, Partial<EventCatalogue>, string[]]>([
		['nothing beside what every trigger does', {}, []],
		['completes events', { enrich: { description: '', complete: jest.fn() } }, ['fetchLead']],
		['knows how old they are', { maxAge: { description: '' } }, ['maxAge']],
		['filters them', { filter: { options: [option('senders')], accepts: jest.fn() } }, ['senders']],
		[
			'answers them',
			{ respond: { lastItem: '', stated: { options: [option('outcome')], content: jest.fn() } } },
			['outcome', 'respond'],
		],
		['lets the workflow answer', { respond: { lastItem: '' } }, ['respond']],
	])('are those of a catalogue that does %s', (_, parts, expected) => {
		expect(optionNames(parts).sort()).toEqual(['dropRepeats', 'includeHeaders', ...expected].sort());
	});

	it('hold names of events to type only where the catalogue lets them be typed', () => {
		const names = (parts: Partial<EventCatalogue>) => propertiesOf(parts).map(({ name }) => name);
		expect(names({})).not.toContain('otherEvents');
		expect(names({ otherEvents: { placeholder: '', description: '' } })).toContain('otherEvents');
	});
});
