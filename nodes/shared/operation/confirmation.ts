import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

/** A switch that somebody has to turn on before something happens that cannot be undone. */
export function confirmation(displayName: string, description: string): INodeProperties {
	return { displayName, name: 'confirm', type: 'boolean', required: true, default: false, description };
}

/** What `confirmation` must hold; refuses an AI tool that was not given it. */
export const confirmed = z
	.boolean()
	.default(false)
	.refine((confirm) => confirm, { message: 'must be turned on, or nothing is done' });
