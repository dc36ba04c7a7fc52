import { switching } from './recommendation';

/** Contract 2.7. */
export const unpause = switching('unpause', 'Unpause', 'Show a paused recommendation again');
