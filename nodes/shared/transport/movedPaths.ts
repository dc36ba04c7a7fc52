import { attemptAsync } from '../attempt';
import type { HttpResponse } from './http';
import { RequestError } from './requestError';

/** Things that stand at one address in one version of a vendor's server, and at another in another version. */
export interface MovedPaths {
	/** Both addresses of each, below the base URL; the one that is tried first comes first. */
	paths: Array<[first: string[], other: string[]]>;
	/** Whether an answer means that the server has no such address, so that nothing was carried out. */
	isMissingRoute(response: HttpResponse): boolean;
}

/** The addresses that answered last, by base URL and moved path. */
const found = new Map<string, string[]>();

/** Base URLs are few; this only keeps a process that is given ever new ones from growing. */
const MAX_REMEMBERED = 1000;

function startsWith(path: string[], start: string[]): boolean {
	return start.every((segment, place) => path[place] === segment);
}

/**
 * Sends a request to where the server has it: to the address that answered last, and where the server knows no such
 * address, to the other one. A request to an address that is not there was not carried out, so this is safe for writes.
 * @param send sends it to a path below the base URL
 * @throws what `send` throws; where neither address is there, for the path as stated
 */
export async function sendToMovedPath<Answer>(
	baseUrl: string,
	path: string[],
	moved: MovedPaths | undefined,
	send: (path: string[]) => Promise<Answer>,
): Promise<Answer> {
	const pair = moved?.paths.find((places) => places.some((place) => startsWith(path, place)));
	if (!moved || !pair) return await send(path);
	const stated = pair.find((place) => startsWith(path, place)) as string[];
	const at = (place: string[]): string[] => [...place, ...path.slice(stated.length)];
	const key = [baseUrl, ...pair[0]].join('/');
	const likely = found.get(key) ?? pair[0];
	const isElsewhere = (error: unknown): boolean =>
		error instanceof RequestError &&
		error.ending.response !== undefined &&
		moved.isMissingRoute(error.ending.response);

	const first = await attemptAsync(async () => await send(at(likely)));
	if (first.ok) return first.value;
	if (!isElsewhere(first.error)) throw first.error;
	const other = pair.find((place) => place !== likely) as string[];
	const second = await attemptAsync(async () => await send(at(other)));
	if (!second.ok && isElsewhere(second.error)) throw likely === stated ? first.error : second.error;
	if (found.size >= MAX_REMEMBERED) found.clear();
	found.set(key, other);
	if (second.ok) return second.value;
	throw second.error;
}
