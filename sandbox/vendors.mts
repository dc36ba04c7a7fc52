import { activeprospect } from './activeprospect/vendor.mts';
import { leadconduit } from './leadconduit/vendor.mts';
import { leadiosa } from './leadiosa/vendor.mts';
import { spara } from './spara/vendor.mts';
import { sparkloop } from './sparkloop/vendor.mts';
import { sparx } from './sparx/vendor.mts';

/** Every fake API the sandbox serves, by the first segment of its address. */
export const vendors = { activeprospect, leadiosa, leadconduit, spara, sparkloop, sparx };
