import type { Resource } from '../../../shared/operation/operation';
import { getProgram } from './getProgram';
import { getPrograms } from './getPrograms';
import { getPublication } from './getPublication';
import { getPublications } from './getPublications';
import { join } from './join';
import { recommend } from './recommend';

export const partnerNetwork: Resource = {
	name: 'Partner Network',
	value: 'partnerNetwork',
	operations: [getPublications, getProgram, getPrograms, getPublication, join, recommend],
};
