import type { Handlers } from '../../link/rpc.ts';
import { createReferences } from '../references.ts';
import type { HandlerContext } from './context.ts';

export function referenceHandlers({ options }: HandlerContext): Pick<Handlers, 'references.list'> {
  const references = createReferences(options.resourcesFolder);
  return {
    'references.list': ({ data }) => references().filter((one) => data === undefined || one.data === data),
  };
}
