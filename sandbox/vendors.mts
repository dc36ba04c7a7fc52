import { spara } from './spara/vendor.mts';

/** Every fake API the sandbox serves, by the first segment of its address. */
export const vendors = { spara };
