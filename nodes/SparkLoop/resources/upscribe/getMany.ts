import { upscribe } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.7. */
export const getMany = listOf(upscribe, { description: 'List the upscribes of the account' });
