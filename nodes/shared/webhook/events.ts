import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Lead } from '../lead/lead';
import type { Send } from '../transport/transport';

/** A delivery as it came in. Header names are lower case. */
export interface Delivery {
	rawBody: Buffer;
	headers: Record<string, string | string[] | undefined>;
	query: IDataObject;
}

/** What a delivery says, wherever the vendor puts it. */
export interface Envelope {
	/** The event's value in the catalogue, or the vendor's own word for one that is not in it. */
	event: string;
	/** The ID of the delivery, the same when it is repeated; without one its bytes tell it apart. */
	id?: string;
	/** ISO 8601 in UTC. */
	occurredAt?: string;
	lead?: Lead;
	/** What else the event says. */
	data: IDataObject;
}

/** The events of one vendor: which there are, how a delivery proves that it is genuine, and where it says what. */
export interface EventCatalogue {
	events: INodePropertyOptions[];
	/**
	 * `undefined` for a genuine delivery, else why it is refused (for the log; the sender learns nothing of it).
	 * @param madeSecret the secret that the vendor made when the webhook was registered through its API
	 */
	verify(delivery: Delivery, credential: IDataObject, madeSecret?: string): string | undefined;
	/** Whether the user chose to accept deliveries that prove nothing; their events are then marked `verified: false`. */
	isUnverified?(credential: IDataObject): boolean;
	read(body: IDataObject, delivery: Delivery): Envelope;
	/**
	 * Whether the vendor only tries the address out; such a delivery is answered, unproved, and runs nothing. An empty
	 * body is shown as an empty object.
	 */
	isPing?(body: IDataObject): boolean;
	/** Whether the user wants an event of this kind; without it all of the kinds that were chosen. */
	filter?(envelope: Envelope, options: IDataObject): boolean;
	/** What the vendor expects as the answer to an accepted delivery; without it the answer is 200 and empty. */
	respond?(envelope: Envelope, options: IDataObject): IDataObject | undefined;
	/** Completes an event from the vendor's API, where the user wants that. */
	enrich?(
		envelope: Envelope,
		body: IDataObject,
		send: Send,
	): Promise<{ envelope: Envelope; body: IDataObject }>;
}
