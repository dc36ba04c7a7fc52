import { registrationByHand } from '../shared/webhook/registration';

/** What a recipient step reads of an answer (docs/vendors/activeprospect.md#what-a-recipient-step-makes-of-an-answer). */
const RESPONSE_MAPPINGS = [
	'outcome_search_path = outcome',
	'outcome_search_term = ^success$',
	'reason_path = reason',
	'price_path = price',
	'reference_path = reference',
];

/** What to send (docs/vendors/activeprospect.md#recipient-steps). */
const REQUEST_MAPPINGS = [
	'header.X-LeadConduit-Token = the Webhook Secret of the credential',
	'json_property.event_id = {{event_id}}',
	'json_property.lead_id = {{lead.id}}',
	'json_property.flow_id = {{flow.id}}',
	'json_property.flow_name = {{flow.name}}',
	'json_property.source_name = {{source.name}}',
	'json_property.submitted_at = {{submission.timestamp}}',
	'json_property.price = {{price}}',
	'json_property.lead.first_name = {{lead.first_name}}',
	'json_property.lead.last_name = {{lead.last_name}}',
	'json_property.lead.email = {{lead.email}}',
	'json_property.lead.phone_1 = {{lead.phone_1}}',
];

/** n8n evaluates what starts with an equals sign, and shows two braces as they are in any other text. */
function lines(mappings: string[]): string {
	return `<code>${mappings.join('<br>')}</code>`;
}

export const WHERE_TO_ENTER = `In LeadConduit open the flow, then Steps > Add Step > Recipient > Custom > Custom JSON, and map <code>url</code> to the production URL. Map also:<br>${lines(
	[...REQUEST_MAPPINGS, ...RESPONSE_MAPPINGS],
)}<br>Without the mappings of the outcome LeadConduit takes every answer for success, also our refusal of a wrong secret or the 404 of a workflow that is not active: those leads would be lost. For other lead data add json_property.lead. and the name of the field. A step of LeadConduit Standard sends no headers: choose Query Parameter in the credential, and leave its default outcome empty, or a crash counts as success.`;

/** There is no API for it: a person adds a step to the flow (docs/vendors/activeprospect.md#recipient-steps). */
export const registration = registrationByHand(
	`For accounts with a key of account.activeprospect.com, which most have; those whose documentation speaks of bearer keys and /api/v1 need the LeadConduit Trigger. ${WHERE_TO_ENTER}`,
);
