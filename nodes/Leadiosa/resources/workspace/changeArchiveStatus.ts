import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import { RequestError } from '../../../shared/transport/requestError';
import type { Send } from '../../../shared/transport/transport';
import { archiveStates, paths, unwrap } from '../../vendor';

/** The resource is the owner's only (docs/vendors/leadiosa.md#resources): what to do about a 403. */
export const OWNERS_ONLY = {
	403: 'Only an owner of the workspace may do this: use an API token of an owner in the credential "Leadiosa API".',
};

/**
 * Closes or restores the workspace. When a request may or may not have arrived, the archive status decides whether it
 * is sent a second and last time (docs/vendors/leadiosa.md#rate-limits); a status that says neither leaves it at that.
 */
export async function changeArchiveStatus(path: string[], wanted: string, send: Send): Promise<IDataObject> {
	const post = async (): Promise<IDataObject> => unwrap(await send({ method: 'POST', path }));
	const posted = await attemptAsync(post);
	if (posted.ok) return posted.value;
	const { error } = posted;
	if (!(error instanceof RequestError) || error.ending.outcome !== 'ambiguous') throw error;

	const found = unwrap(await send({ method: 'GET', path: paths.archiveStatus, safety: 'safe' }));
	if (found.status === wanted) return found;
	if (!Object.values(archiveStates).includes(String(found.status))) throw error;
	return await post();
}
