import { UserError } from 'n8n-workflow';

/**
 * Build A drops fields that it does not know without a word (docs/vendors/sparx.md#builds).
 * @param dropped names of the fields that would be dropped
 * @throws UserError when there is any
 */
export function refuseDropped(dropped: string[]): void {
	if (dropped.length === 0) return;
	throw new UserError(`This version of Sparx has no ${dropped.join(', ')}`, {
		description:
			'Nothing was sent for this item. The server runs an older version, which would drop these fields without a word. Leave them out.',
	});
}
