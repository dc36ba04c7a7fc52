export { subscriptionId } from '../../entities';
