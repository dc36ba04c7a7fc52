import { z } from 'zod';
import { isPathSegment } from '../transport/address';

/** An ID that becomes a part of an address; numbers from expressions are welcome. */
export const id = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim())
	.refine(isPathSegment, { message: 'must be an ID, without slashes or dots in place of it' });
