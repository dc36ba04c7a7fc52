import type { IDataObject } from 'n8n-workflow';
import { withoutEmpty } from '../../../shared/data/values';

function count(value: unknown): number {
	return Array.isArray(value) ? value.length : 0;
}

/** A flow is large: what tells it from others, and how much it holds (docs/vendors/activeprospect.md#flows). */
export function simplifyFlow(flow: IDataObject): IDataObject {
	return {
		...withoutEmpty({ id: flow.id, name: flow.name, enabled: flow.enabled, pingEnabled: flow.ping_enabled }),
		fieldCount: count(flow.fields),
		sourceCount: count(flow.sources),
		stepCount: count(flow.steps),
		...withoutEmpty({ createdAt: flow.created_at, updatedAt: flow.updated_at }),
	};
}
