import type { RequestContext } from './http';
import { systemClock } from '../clock';
import { withoutSecrets } from './secrets';
import { showWait } from './waitMessages';

/** What a person who watches a run wants to know of at once. */
const WAIT = /^(waits about|is sent again in)/;

/** Tells what happens to one request on its way: "waits about 1200 ms for ...". */
export type RequestLog = (what: string) => void;

/** Which request it is. Of its address only the beginning is told: an ID in it may be a person's email address. */
export interface LoggedRequest {
	/** HTTP method. */
	method: string;
	/** Below the base URL, one entry for each segment. */
	path: string[];
	/** Place of the input item, from 0; undefined where the request is for the whole run. */
	itemIndex?: number;
}

/** Writes to n8n's log at the level `debug` (N8N_LOG_LEVEL=debug), without secrets; waits also to who runs it by hand. */
export function requestLog(
	context: RequestContext,
	secrets: string[],
	{ method, path, itemIndex }: LoggedRequest,
): RequestLog {
	const address = [...path.slice(0, 1), ...(path.length > 1 ? ['…'] : [])].join('/');
	const item = itemIndex === undefined ? '' : ` of item ${itemIndex}`;
	return (what) => {
		const line = `${context.getNode().name}: ${method} /${address}${item} ${what}`;
		const told = withoutSecrets(line, secrets);
		context.logger.debug(told);
		if (WAIT.test(what)) showWait(context, told, systemClock.now());
	};
}

/** A wait as people read it: `1200 ms`, or `90 s` where it is long. */
export function shownWait(ms: number): string {
	return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`;
}
