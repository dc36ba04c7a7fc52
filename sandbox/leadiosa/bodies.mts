import { z, type ZodType, type ZodTypeDef } from 'zod';
import { Refusal } from '../refusal.mts';

const text = z.string().min(1);
const attributes = z
	.record(z.unknown())
	.refine((value) => Object.keys(value).length > 0, 'must not be empty');

/** What each write takes; nothing else, no null and no empty text (ASSUMED, docs/vendors/leadiosa.md#fields). */
export const bodies = {
	conversation: z
		.object({
			contact_id: text.optional(),
			contact: z.object({ email: z.string().email(), name: text.optional() }).strict().optional(),
			message: z.object({ text }).strict().optional(),
			attributes: attributes.optional(),
		})
		.strict()
		.refine(
			(body) => (body.contact_id === undefined) !== (body.contact === undefined),
			'needs contact_id or contact',
		),
	conversationChange: z
		.object({
			status: z.enum(['open', 'snoozed', 'closed', 'spam']).optional(),
			assignee_id: text.optional(),
			snoozed_until: z.string().datetime().optional(),
			priority: z.string().nullable().optional(),
		})
		.strict(),
	message: z
		.object({ conversation_id: text, text, attachments: z.array(z.unknown()).min(1).optional() })
		.strict(),
	contactChange: z
		.object({
			name: text.optional(),
			email: z.string().email().optional(),
			attributes: attributes.optional(),
		})
		.strict(),
	note: z.object({ conversation_id: text, text }).strict(),
	article: z.object({ title: text, content: text }).strict(),
	articleChange: z.object({ title: text.optional(), content: text.optional() }).strict(),
	webhook: z.object({ url: z.string().url(), events: z.array(text).min(1).optional() }).strict(),
};

/** Checks a body; throws a 400 Refusal whose message names the field (docs/vendors/leadiosa.md#errors). */
export function readBody<Output>(schema: ZodType<Output, ZodTypeDef, unknown>, body: unknown): Output {
	const checked = schema.safeParse(body);
	if (checked.success) return checked.data;
	const [{ path, message }] = checked.error.issues;
	throw new Refusal(400, `'${path.join('.') || 'body'}': ${message}.`, { field: path.join('.') });
}
