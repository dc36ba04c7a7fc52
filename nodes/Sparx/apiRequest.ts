import { apiRequest as sharedApiRequest } from '../shared/operation/apiRequest';
import { pagesOf, recordId } from './lists';
import type { IDataObject } from 'n8n-workflow';

/** Any request; lists are read with `take` and `skip` (contract section 4). */
export const apiRequest = sharedApiRequest({
	pages: ({ path, query }, send, limit) => pagesOf(path, query as IDataObject, send, limit),
	recordId,
});
