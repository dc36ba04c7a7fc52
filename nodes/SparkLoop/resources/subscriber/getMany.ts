import { subscriber } from '../../things';
import { getMany as listOf } from '../factories';
import { subscriberFilters } from './filters';

/** Contract 2.1. */
export const getMany = listOf(subscriber, {}, subscriberFilters);
