import { z } from 'zod';

/** LeadConduit's switches: one for each thing its documentation leaves open (docs/vendors/leadconduit.md). */
export const settingsSchema = z
	.object({
		/** Validation is 400 in the reference's sample and 422 in its list (docs/vendors/leadconduit.md#errors). */
		validationStatus: z.union([z.literal(400), z.literal(422)]).default(400),
		/** The error object, or the flat text of the other dialect (docs/vendors/leadconduit.md#errors). */
		errorShape: z.enum(['nested', 'flat']).default('nested'),
		/** A lead field that is neither documented nor `custom_field_<id>`. */
		unknownFields: z.enum(['accept', 'refuse']).default('accept'),
		/** Whether GET flow shows `settings` too, so that a client can put back what it overwrites. */
		showSettings: z.boolean().default(false),
		/** Whether `trusted_form_cert_url` is refused without being a certificate's address. */
		checkCertificates: z.boolean().default(true),
		/**
		 * More leads than this in one batch are refused with 413; null for no limit (assumed,
		 * docs/vendors/leadconduit.md#batch).
		 */
		maxBatchSize: z.number().int().positive().nullable().default(null),
		/** Leave these external ids out of a batch's results, as a server with a fault would. */
		withholdResults: z.array(z.string()).default([]),
		/** Whether the answer to a batch has `results` at all. */
		batchResults: z.enum(['listed', 'missing']).default('listed'),
		/** The most rows of a search or of a list of events in one answer. */
		maxSearchRows: z.number().int().positive().default(100),
		maxEventRows: z.number().int().positive().default(1000),
		/** Members put into each webhook's JSON beside the documented ones, e.g. to see how a signature survives. */
		webhookExtras: z.record(z.unknown()).default({}),
	})
	.strict();

export type LeadConduitSettings = z.output<typeof settingsSchema>;
