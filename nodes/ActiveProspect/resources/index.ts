import { apiRequest } from '../../shared/operation/apiRequest';
import { cap } from './cap';
import { entity } from './entity';
import { event } from './event';
import { feedback } from './feedback';
import { field } from './field';
import { flow } from './flow';
import { lead } from './lead';
import { report } from './report';
import { source } from './source';
import { suppressionList } from './suppressionList';

/** In the order in which n8n's node panel lists their actions: what people look for first. */
export const resources = [
	lead,
	feedback,
	event,
	flow,
	source,
	suppressionList,
	cap,
	report,
	entity,
	field,
	apiRequest(),
];
