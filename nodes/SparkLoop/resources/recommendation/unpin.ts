import { switching } from './recommendation';

/** `PUT .../recommendations/{id}/unpin` (docs/vendors/sparkloop.md#upscribes). */
export const unpin = switching('unpin', 'Unpin', 'No longer show a recommendation ahead of the others');
