import { subscriber } from '../../entities';
import { getOne } from '../operations';

/** `GET /subscribers/{id}`, by UUID or email (docs/vendors/sparkloop.md#subscribers). */
export const get = getOne(subscriber, { description: 'Retrieve one subscriber by ID or email' });
