import { subscriber } from '../../entities';
import { deleteOne } from '../operations';

const MAY_BE_MISSING =
	'Check the ID or email. SparkLoop may not offer deletion to your account: if the subscriber exists, use "Unsubscribe".';

/** Contract 2.1: documented in one edition only. */
export const remove = deleteOne(subscriber, { advice: { 404: MAY_BE_MISSING, 405: MAY_BE_MISSING } });
