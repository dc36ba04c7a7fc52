/**
 * Hosts and prefix of the reference's dialect (docs/vendors/leadconduit.md#authentication); any other address is the
 * environment "custom".
 */
export const BASE_URLS = {
	production: 'https://app.leadconduit.com/api/v1',
	sandbox: 'https://sandbox.leadconduit.com/api/v1',
};
