import { upscribe } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.7. */
export const getMany = listOf(upscribe, { description: 'List the upscribes of the account' });
