import { upscribe } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /upscribes`, without counts (docs/vendors/sparkloop.md#upscribes). */
export const getMany = listOf(upscribe, { description: 'List the upscribes of the account' });
