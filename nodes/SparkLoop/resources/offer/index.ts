import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { trackConversion } from './trackConversion';

export const offer: Resource = { name: 'Offer', value: 'offer', operations: [getMany, get, trackConversion] };
