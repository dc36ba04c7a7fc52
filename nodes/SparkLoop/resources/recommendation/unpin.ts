import { switching } from './recommendation';

/** Contract 2.7. */
export const unpin = switching('unpin', 'Unpin', 'No longer show a recommendation ahead of the others');
