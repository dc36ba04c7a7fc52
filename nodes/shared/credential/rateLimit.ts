import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { RateLimit } from '../transport/rateLimit/rollingWindow';

/** How a vendor's credential asks for the account's own rate limit. */
export interface RateLimitQuestion {
	/** What the switch says, starting with "Whether". */
	description: string;
	/** What the fields show at first. */
	requests: number;
	/** Length of the window in seconds. */
	seconds: number;
}

/** The credential's fields for the account's own rate limit: a switch, and requests per so many seconds. */
export function rateLimitFields({ description, requests, seconds }: RateLimitQuestion): INodeProperties[] {
	return [
		{
			displayName: 'Limit Rate',
			name: 'limitRate',
			type: 'boolean',
			default: false,
			description,
		},
		{
			displayName: 'Requests',
			name: 'rateLimitRequests',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: requests,
			description: 'How many requests the account may send in the time below, all workflows together',
			displayOptions: { show: { limitRate: [true] } },
		},
		{
			displayName: 'Per Seconds',
			name: 'rateLimitSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: seconds,
			displayOptions: { show: { limitRate: [true] } },
		},
	];
}

/** The limit that the credential states; `undefined` where it states none, or none that makes sense. */
export function statedRateLimit({
	limitRate,
	rateLimitRequests,
	rateLimitSeconds,
}: IDataObject): RateLimit | undefined {
	const stated = { limit: Number(rateLimitRequests), windowMs: Number(rateLimitSeconds) * 1000 };
	return limitRate === true && stated.limit >= 1 && stated.windowMs > 0 ? stated : undefined;
}
