import { switching } from './recommendation';

/** `PUT .../recommendations/{id}/pin` (docs/vendors/sparkloop.md#upscribes). */
export const pin = switching('pin', 'Pin', 'Show a recommendation ahead of the others');
