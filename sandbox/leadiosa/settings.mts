import { z } from 'zod';

/** Leadiosa's switches: one for each thing its documentation leaves open (docs/vendors/leadiosa.md). */
export const settingsSchema = z
	.object({
		/** How one object is answered (docs/vendors/leadiosa.md#fields). */
		envelope: z.enum(['bare', 'wrapped']).default('bare'),
		/**
		 * How events are written and signed: as in docs/vendors/leadiosa.md#signature, or as in its later revision.
		 * Counts for new webhooks.
		 */
		dialect: z.enum(['documented', 'dev']).default('documented'),
		/** Whether the answer to a new webhook holds its secret. */
		secretInReply: z.boolean().default(true),
		/** The secret of all webhooks; null gives each its own. */
		sharedSecret: z.string().min(1).nullable().default(null),
		/** When a new webhook is tried out: before or after the answer that brings its secret, or never. */
		ping: z.enum(['before-reply', 'after-reply', 'none']).default('before-reply'),
		/** Whether a ping is signed, and whether it has a body at all. */
		pingBody: z.enum(['signed', 'unsigned', 'empty']).default('signed'),
		/** What a cursor is refused with once the data behind it has changed. */
		expiredCursorStatus: z.union([z.literal(400), z.literal(404), z.literal(422)]).default(400),
		/** Whether a further page has a `next_cursor`; false is a vendor that loses it. */
		sendsNextCursor: z.boolean().default(true),
		/** The text of `X-API-Deprecation` on every answer. */
		deprecation: z.string().min(1).nullable().default(null),
	})
	.strict();

export type LeadiosaSettings = z.output<typeof settingsSchema>;
