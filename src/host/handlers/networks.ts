import type { Handlers } from '../../link/rpc.ts';
import { describeNetwork } from '../describeNetwork.ts';

export const networkHandlers: Pick<Handlers, 'networks.describe'> = { 'networks.describe': describeNetwork };
