import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../shared/attempt';
import { RequestError } from '../shared/transport/requestError';
import type { RequestSpec, Send } from '../shared/transport/transport';
import { part } from './apiFields';

/**
 * Whether the vendor has answered with this status. What its message says is nothing to rely on
 * (docs/vendors/sparkloop.md#errors).
 */
export function isAnsweredWith(error: unknown, status: number): boolean {
	return error instanceof RequestError && error.ending.response?.status === status;
}

/**
 * Changes a subscriber in a way that SparkLoop refuses with 409 once it is done. A 409 to a request that was sent more
 * than once may only mean that the first one arrived: then the subscriber, read again, tells.
 * @returns the answer, or that of reading the subscriber
 */
export async function changeOnce(
	send: Send,
	change: RequestSpec,
	subscriberPath: string[],
	isChanged: (subscriber: IDataObject) => boolean = () => true,
): Promise<unknown> {
	const sent = await attemptAsync(async () => await send(change));
	if (sent.ok) return sent.value;
	const wasSentBefore = sent.error instanceof RequestError && sent.error.ending.attempts > 1;
	if (!wasSentBefore || !isAnsweredWith(sent.error, 409)) throw sent.error;
	const answer = await send({ method: 'GET', path: subscriberPath, safety: 'safe' });
	if (!isChanged(part(answer, 'subscriber'))) throw sent.error;
	return answer;
}
