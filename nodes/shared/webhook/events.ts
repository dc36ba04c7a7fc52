import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Lead } from '../lead/lead';
import type { Send } from '../transport/transport';

/** A delivery as it came in. Header names are lower case. */
export interface Delivery {
	/** The body's bytes as they came: signatures are over these. */
	rawBody: Buffer;
	/** By name in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** Parameters of the URL. */
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
	/** The lead that the event is about, in the one lead shape. */
	lead?: Lead;
	/** What else the event says. */
	data: IDataObject;
}

/** What a part of the catalogue lets the user choose in a trigger's Options; at least one thing. */
type PartOptions = [INodeProperties, ...INodeProperties[]];

/** Leaves out events that the user does not want, beside the kinds chosen. */
export interface EventFilter {
	/** What the user can choose. */
	options: PartOptions;
	/** @param options what the user has set of them */
	accepts(envelope: Envelope, options: IDataObject): boolean;
}

/** An answer that the user states beforehand, the same to every accepted delivery. */
export interface StatedAnswer {
	/** What the user can choose. */
	options: PartOptions;
	/** @returns `undefined` for an empty answer with status 200 */
	content(envelope: Envelope, options: IDataObject): IDataObject | undefined;
}

/** Answers an accepted delivery with what the vendor expects, by the workflow's last item if the user wants that. */
export interface EventResponse {
	/** What the last item is to hold where the workflow answers, for the option Respond: "which is to hold ...". */
	lastItem: string;
	/** Without it an answer that does not come from the workflow is empty, with status 200. */
	stated?: StatedAnswer;
}

/** Completes an event from the vendor's API where the user wants that (option Fetch Lead). */
export interface EventEnrichment {
	/** What the option says, starting with "Whether". */
	description: string;
	/** @returns the event with the whole lead, simplified and raw. Rejects with RequestError. */
	complete(
		envelope: Envelope,
		body: IDataObject,
		send: Send,
	): Promise<{ envelope: Envelope; body: IDataObject }>;
}

/**
 * The events of one vendor: which there are, how a delivery proves that it is genuine, and where it says what. Each
 * option of the trigger stands in the part that acts on it: there is none that does nothing.
 */
export interface EventCatalogue {
	/** What can be chosen in the trigger; the value is the event's name. */
	events: INodePropertyOptions[];
	/** Lets the user type the names of further events. */
	otherEvents?: { placeholder: string; description: string };
	/** What the user should know before choosing events, shown above them. */
	notice?: string;
	/**
	 * `undefined` for a genuine delivery, else why it is refused (for the log; the sender learns nothing of it).
	 * @param madeSecret the secret that the vendor made when the webhook was registered through its API
	 */
	verify(delivery: Delivery, credential: IDataObject, madeSecret?: string): string | undefined;
	/**
	 * The label of the credential's field without which every delivery is refused, where it is empty. Left out where the
	 * vendor makes the secret.
	 */
	missingSecret?(credential: IDataObject): string | undefined;
	/** Whether the user chose to accept deliveries that prove nothing; their events are then marked `verified: false`. */
	isUnverified?(credential: IDataObject): boolean;
	/** Reads the bytes of a genuine delivery where they are not always JSON; `undefined` for what cannot be read. */
	parse?(delivery: Delivery): IDataObject | undefined;
	/** Reads the body of a genuine delivery. What it throws makes the event `unknown`, with the body as its data. */
	read(body: IDataObject, delivery: Delivery): Envelope;
	/**
	 * Whether the vendor only tries the address out; such a delivery is answered, unproved, and runs nothing. An empty
	 * body is shown as an empty object.
	 */
	isPing?(body: IDataObject): boolean;
	/** Drops events that are too old, where `occurredAt` stands inside the bytes that are verified (option Max Age). */
	maxAge?: { description: string };
	/** Without it all events of the kinds chosen run the workflow. */
	filter?: EventFilter;
	/** Without it the answer to an accepted delivery is 200 and empty. */
	respond?: EventResponse;
	/** Without it the event is as it was delivered. */
	enrich?: EventEnrichment;
}
