import { switching } from './recommendation';

/** `PUT .../recommendations/{id}/pause` (docs/vendors/sparkloop.md#upscribes). */
export const pause = switching('pause', 'Pause', 'Stop showing a recommendation');
