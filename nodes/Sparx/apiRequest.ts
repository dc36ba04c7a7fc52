import type { IDataObject } from 'n8n-workflow';
import { apiRequest as sharedApiRequest } from '../shared/operation/apiRequest';
import { anyPages, recordId } from './lists';

/** Any request; lists are read whichever way they are paged. */
export const apiRequest = sharedApiRequest({
	pages: ({ path, query }, send, limit) => anyPages(path, query as IDataObject, send, limit),
	recordId,
});
