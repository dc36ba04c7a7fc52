/** Operations whose safety is another than their method suggests, and why, by vendor and operation. */
export const SAFETY_EXCEPTIONS: Record<string, string> = {
	'sparkloop subscriber.upsert': 'SparkLoop takes a second POST with the same email for an update',
	'sparx graphql.query': 'a query that cannot write is read from its text, and sent as safe',
	'sparx order.cancel': 'an order that is cancelled stays cancelled',
	'sparx payment.void': 'a payment that is void stays void',
};
