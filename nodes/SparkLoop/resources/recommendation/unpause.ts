import { switching } from './recommendation';

/** `PUT .../recommendations/{id}/unpause` (docs/vendors/sparkloop.md#upscribes). */
export const unpause = switching('unpause', 'Unpause', 'Show a paused recommendation again');
