import type { Resource } from '../../../shared/operation/operation';
import { generate } from './generate';
import { getMany } from './getMany';
import { pause } from './pause';
import { pin } from './pin';
import { unpause } from './unpause';
import { unpin } from './unpin';
import { update } from './update';

export const recommendation: Resource = {
	name: 'Recommendation',
	value: 'recommendation',
	operations: [getMany, generate, pause, pin, unpause, unpin, update],
};
