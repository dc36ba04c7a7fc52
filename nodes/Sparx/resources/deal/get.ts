import { deal } from '../../entities';
import { getOne } from '../operations';

export const get = getOne(deal);
