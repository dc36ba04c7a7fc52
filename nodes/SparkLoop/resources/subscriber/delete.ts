import { subscriber } from '../../entities';
import { deleteOne } from '../operations';

const MAY_BE_MISSING =
	'Check the ID or email. SparkLoop may not offer deletion to your account: if the subscriber exists, use "Unsubscribe".';

/** Documented in one edition only (docs/vendors/sparkloop.md#subscribers). */
export const remove = deleteOne(subscriber, { advice: { 404: MAY_BE_MISSING, 405: MAY_BE_MISSING } });
