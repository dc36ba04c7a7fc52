import { switching } from './recommendation';

/** Contract 2.7. */
export const pin = switching('pin', 'Pin', 'Show a recommendation ahead of the others');
