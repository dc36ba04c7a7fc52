import { switching } from './recommendation';

/** Contract 2.7. */
export const pause = switching('pause', 'Pause', 'Stop showing a recommendation');
