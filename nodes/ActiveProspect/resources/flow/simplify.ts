import type { IDataObject } from 'n8n-workflow';
import { definedIn } from '../../lead';

function count(value: unknown): number {
	return Array.isArray(value) ? value.length : 0;
}

/** A flow is large: what tells it from others, and how much it holds (docs/vendors/activeprospect.md#flows). */
export function simplifyFlow(flow: IDataObject): IDataObject {
	return {
		...definedIn({ id: flow.id, name: flow.name, enabled: flow.enabled, pingEnabled: flow.ping_enabled }),
		fieldCount: count(flow.fields),
		sourceCount: count(flow.sources),
		stepCount: count(flow.steps),
		...definedIn({ createdAt: flow.created_at, updatedAt: flow.updated_at }),
	};
}
