/** Sparx's own words for what a customer is. Which of them a server takes differs with its build; it refuses the others. */
export const CUSTOMER_TYPES = [
	['B2B', 'b2b'],
	['Partner', 'partner'],
	['Prospect', 'prospect'],
	['Retail', 'retail'],
	['Vendor', 'vendor'],
] as const;

/** Of build B. */
export const LIFECYCLE_STAGES = [
	['Customer', 'customer'],
	['Evangelist', 'evangelist'],
	['Lead', 'lead'],
	['Marketing Qualified Lead', 'marketing_qualified_lead'],
	['Opportunity', 'opportunity'],
	['Other', 'other'],
	['Sales Qualified Lead', 'sales_qualified_lead'],
	['Subscriber', 'subscriber'],
] as const;

/** Of build B. */
export const LEAD_STATUSES = [
	['Attempted to Contact', 'attempted_to_contact'],
	['Bad Timing', 'bad_timing'],
	['Connected', 'connected'],
	['In Progress', 'in_progress'],
	['New', 'new'],
	['Open', 'open'],
	['Open Deal', 'open_deal'],
	['Unqualified', 'unqualified'],
] as const;
