import { registrationByHand } from '../shared/webhook/registration';

const WHERE_TO_PASTE =
	'Copy the production URL into Spara under Settings > Webhooks (role Integrator or Manager). With verification "Token in URL", add ?token= and your Webhook Secret to it; both are in the credential, under Receive Events. A Spara account has one webhook endpoint: use one Spara Trigger with all events, followed by a Switch.';

/**
 * Spara has no API for webhooks (docs/vendors/spara.md#webhooks): a person registers the URL, and nothing is to be
 * undone.
 */
export const registration = registrationByHand(WHERE_TO_PASTE);
