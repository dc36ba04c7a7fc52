import { company } from '../../entities';
import { getOne } from '../operations';

export const get = getOne(company);
