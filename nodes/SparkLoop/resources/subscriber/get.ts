import { subscriber } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.1. */
export const get = getOne(subscriber, { description: 'Retrieve one subscriber by ID or email' });
