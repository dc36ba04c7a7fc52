import { subscriber } from '../../entities';
import { getMany as listOf } from '../operations';
import { subscriberFilters } from './filters';

/** Contract 2.1. */
export const getMany = listOf(subscriber, {}, subscriberFilters);
