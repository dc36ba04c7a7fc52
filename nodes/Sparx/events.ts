import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { headerValues, isSigned } from '../shared/webhook/signature';

/** What every version of Sparx can be asked for; orders and customers have no events (docs/vendors/sparx.md, Events). */
const contentOptions: INodePropertyOptions[] = [
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

/** Of the newer version only: an older one refuses a subscription that names one of them. */
const inventoryOptions: INodePropertyOptions[] = [
	{ name: 'Inventory Adjusted', value: 'inventory.adjusted' },
	{ name: 'Inventory Assembly Completed', value: 'inventory.assembly.completed' },
	{ name: 'Inventory Backorder Allocated', value: 'inventory.backorder.allocated' },
	{ name: 'Inventory Backorder Created', value: 'inventory.backorder.created' },
	{ name: 'Inventory Bin Moved', value: 'inventory.bin.moved' },
	{ name: 'Inventory Classification Changed', value: 'inventory.classification.changed' },
	{ name: 'Inventory Count Completed', value: 'inventory.count.completed' },
	{ name: 'Inventory Depleted', value: 'inventory.depleted' },
	{ name: 'Inventory Lot Expiring', value: 'inventory.lot.expiring' },
	{ name: 'Inventory Low', value: 'inventory.low' },
	{ name: 'Inventory Oversell Blocked', value: 'inventory.oversell.blocked' },
	{ name: 'Inventory Package Packed', value: 'inventory.package.packed' },
	{ name: 'Inventory Pick List Completed', value: 'inventory.pick_list.completed' },
	{ name: 'Inventory Pick List Created', value: 'inventory.pick_list.created' },
	{ name: 'Inventory Pick Short', value: 'inventory.pick.short' },
	{ name: 'Inventory Purchase Order Late', value: 'inventory.purchase_order.late' },
	{ name: 'Inventory Reconciliation Drift', value: 'inventory.reconciliation.drift' },
	{ name: 'Inventory Source Created', value: 'inventory.source.created' },
	{ name: 'Inventory Source Error', value: 'inventory.source.error' },
	{ name: 'Inventory Source Recovered', value: 'inventory.source.recovered' },
	{ name: 'Inventory Source Stale', value: 'inventory.source.stale' },
	{ name: 'Inventory Source Sync Completed', value: 'inventory.source.sync_completed' },
	{ name: 'Inventory Source Sync Started', value: 'inventory.source.sync_started' },
	{ name: 'Inventory Transfer Received', value: 'inventory.transfer.received' },
	{ name: 'Inventory Transfer Shipped', value: 'inventory.transfer.shipped' },
];

/** Those that stand for all: one unknown name would refuse the whole subscription. */
export const eventNames = contentOptions.map(({ value }) => value as string);

/** The whole secret as text, over the raw body, in one header. */
function verify(
	{ rawBody, headers }: Delivery,
	credential: IDataObject,
	madeSecret?: string,
): string | undefined {
	const stated = statedSecrets(credential, 'signingSecret');
	const secrets = [madeSecret ?? '', ...stated].filter(Boolean);
	if (secrets.length === 0)
		return 'its signing secret is not known. Deactivate the workflow and activate it again, or enter the secret in the credential';
	const received = headerValues(headers['x-sparx-signature']);
	const isGenuine = isSigned({ rawBody, received, secrets, encoding: 'hex', prefix: 'sha256=' });
	return isGenuine ? undefined : 'its signature is missing or wrong';
}

/** The ID is read from the body, which is signed, and not from its header. */
function read({ id, type, delivered_at, data }: IDataObject): Envelope {
	const time = Date.parse(String(delivered_at));
	return {
		event: String(type ?? 'unknown'),
		id: typeof id === 'string' ? id : undefined,
		occurredAt: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
		data: (data ?? {}) as IDataObject,
	};
}

/** Source: docs/vendors/sparx.md, Events and Deliveries. */
export const events: EventCatalogue = {
	events: [...contentOptions, ...inventoryOptions],
	otherEvents: {
		placeholder: 'e.g. content.entry.archived',
		description:
			"For events that Sparx has added since: their names, separated by commas, in Sparx's own words. It refuses names that it does not know.",
	},
	notice:
		'Orders, customers and deals have no events: use the Sparx Polling Trigger for them. Not every version of Sparx has the inventory events',
	verify,
	missingSecret: ({ signingSecret }) => (signingSecret ? undefined : 'Signing Secret'),
	read,
	// The time is inside the signed bytes, and new on each attempt.
	maxAge: {
		description: 'How many seconds old a delivery may be; an older one is acknowledged and dropped',
	},
};
