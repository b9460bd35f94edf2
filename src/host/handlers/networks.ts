import type { Handlers } from '../../link/rpc.ts';
import { describeNetwork } from '../describeNetwork.ts';
import type { HandlerContext } from './context.ts';

export function networkHandlers({ data }: HandlerContext): Pick<Handlers, 'networks.describe'> {
  return { 'networks.describe': (request) => describeNetwork(request, data.find(request.data).info) };
}
