/** Mistakes in a vendor's events that the type check (`npm run lint`) refuses. */
import type { INodeProperties } from 'n8n-workflow';
import type { EventCatalogue } from '../../nodes/shared/webhook/events.ts';
import type { WebhookRegistration } from '../../nodes/shared/webhook/registration.ts';
import { triggerProperties } from '../../nodes/shared/webhook/properties.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';

declare const vendor: Vendor;
declare const catalogue: EventCatalogue;
declare const registration: WebhookRegistration;
declare const option: INodeProperties;

triggerProperties(vendor, catalogue, registration);

// @ts-expect-error options beside the catalogue, which nothing would act on
triggerProperties(vendor, catalogue, registration, [option]);

// @ts-expect-error an option Fetch Lead with nothing that fetches the lead
void ({ ...catalogue, enrich: { description: 'Whether to read the lead' } } satisfies EventCatalogue);

// @ts-expect-error a filter without an option that says what to filter
void ({ ...catalogue, filter: { options: [], accepts: () => true } } satisfies EventCatalogue);

// @ts-expect-error options of a filter that does not filter
void ({ ...catalogue, filter: { options: [option] } } satisfies EventCatalogue);

// @ts-expect-error options of an answer that is never given
void ({ ...catalogue, respond: { lastItem: '', stated: { options: [option] } } } satisfies EventCatalogue);

// @ts-expect-error a vendor that does not say who shares a rate limit
const anonymous: Vendor = { ...vendor, identity: undefined };
void anonymous;

// @ts-expect-error a vendor whose credential is a name only, so that nobody knows its secrets
const nameless: Vendor = { ...vendor, credential: 'acmeApi' };
void nameless;
