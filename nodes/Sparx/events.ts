import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { headerValues, isSigned } from '../shared/webhook/signature';

/** Orders and customers have no events (contract 6.2). */
const eventOptions: INodePropertyOptions[] = [
	{ name: 'Content Entry Created', value: 'content.entry.created' },
	{ name: 'Content Entry Deleted', value: 'content.entry.deleted' },
	{ name: 'Content Entry Published', value: 'content.entry.published' },
	{ name: 'Content Entry Scheduled', value: 'content.entry.scheduled' },
	{ name: 'Content Entry Unpublished', value: 'content.entry.unpublished' },
	{ name: 'Content Entry Updated', value: 'content.entry.updated' },
	{ name: 'Media Processed', value: 'media.processed' },
	{ name: 'Media Uploaded', value: 'media.uploaded' },
	{ name: 'Redirect Added', value: 'redirect.added' },
	{ name: 'Redirect Removed', value: 'redirect.removed' },
];

export const eventNames = eventOptions.map(({ value }) => value as string);

/** Contract 6.4: the whole secret as text, over the raw body, in one header. */
function verify(
	{ rawBody, headers }: Delivery,
	credential: IDataObject,
	madeSecret?: string,
): string | undefined {
	const stated = statedSecrets(credential, 'signingSecret');
	const secrets = [madeSecret ?? '', ...stated].filter(Boolean);
	if (secrets.length === 0) return 'there is no signing secret: the trigger has none, nor has the credential';
	const received = headerValues(headers['x-sparx-signature']);
	const isGenuine = isSigned({ rawBody, received, secrets, encoding: 'hex', prefix: 'sha256=' });
	return isGenuine ? undefined : 'its signature is missing or wrong';
}

/** Contract 6.3. The ID is read from the body, which is signed, and not from its header. */
function read({ id, type, delivered_at, data }: IDataObject): Envelope {
	const time = Date.parse(String(delivered_at));
	return {
		event: String(type ?? 'unknown'),
		id: typeof id === 'string' ? id : undefined,
		occurredAt: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
		data: (data ?? {}) as IDataObject,
	};
}

/** Contract 6. */
export const events: EventCatalogue = {
	events: eventOptions,
	otherEvents: {
		placeholder: 'e.g. inventory.adjusted',
		description:
			"For events that Sparx has added since: their names, separated by commas, in Sparx's own words. It refuses names that it does not know.",
	},
	notice: 'Orders and customers have no events: use the Sparx Polling Trigger for them',
	verify,
	missingSecret: ({ signingSecret }) => (signingSecret ? undefined : 'Signing Secret'),
	read,
	// The time is inside the signed bytes, and new on each attempt (contract 6.4).
	maxAge: {
		description: 'How many seconds old a delivery may be; an older one is acknowledged and dropped',
	},
};
