/** What the sandbox's page shows of a vendor beside what all vendors have: plain data, made anew for each look. */
export interface VendorView {
	/** As the vendor writes its name. */
	title: string;
	/** What to enter in n8n, for each account: the credential's fields by their labels there. */
	credentials: Array<{ account: string; fields: Record<string, string> }>;
	tables: PageTable[];
	/** The events that can be sent, each with the input of the command `emit`; `variant` is added. */
	events: Array<{ name: string; input: object }>;
	/** Commands that add many records at once; the count is added to the input under `countAs`. */
	imports: Array<{ label: string; command: string; countAs: string; input: object }>;
	/** Where a person registers a webhook by hand: `registerWebhook` is called with the account and one of these. */
	webhooks?: {
		/** What the URL belongs to, e.g. accounts or flows. */
		accounts: string[];
		/** By label; `secret` stands for what the person enters, under the member named here. */
		authentications: Array<{ label: string; kind: string; secretAs?: string; rest?: object }>;
		hint: string;
	};
}

export interface PageTable {
	title: string;
	total: number;
	/** The newest, as they are shown: column by column. */
	rows: Array<Record<string, unknown>>;
}

const rowsShown = 12;

/** A table of the newest records. `records` are oldest first, as vendors keep them. */
export function table<Kind>(
	title: string,
	records: Kind[],
	row: (record: Kind) => Record<string, unknown>,
): PageTable {
	return { title, total: records.length, rows: records.slice(-rowsShown).reverse().map(row) };
}
