/** Operations whose safety is another than their method suggests, and why, by vendor and operation. */
export const SAFETY_EXCEPTIONS: Record<string, string> = {
	'activeprospect event.getMany': 'ActiveProspect takes the filters of a search for events by POST',
	'activeprospect feedback.send': 'the delivery of a lead is looked for by POST, before anything is written',
	'activeprospect lead.get': 'events are searched by POST',
	'activeprospect lead.getTimeline': 'events are searched by POST',
	'activeprospect lead.ping': 'a ping makes no lead, so a second one does no harm',
	'activeprospect lead.pingAndSubmit': 'the ping before the submission makes no lead',
	'activeprospect suppressionList.add': 'a value that is on a list already stays there',
	'sparkloop subscriber.upsert': 'SparkLoop takes a second POST with the same email for an update',
	'sparx graphql.query': 'a query that cannot write is read from its text, and sent as safe',
	'sparx order.cancel': 'an order that is cancelled stays cancelled',
	'sparx payment.void': 'a payment that is void stays void',
};
