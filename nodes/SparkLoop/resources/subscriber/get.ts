import { subscriber } from '../../things';
import { getOne } from '../factories';

/** Contract 2.1. */
export const get = getOne(subscriber, { description: 'Retrieve one subscriber by ID or email' });
