import { contract } from '../../contract/contract.ts';
import { UserError } from '../../contract/errors.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { Store } from '../../store/store.ts';

/** The handlers, of which those that would write say why they do not. */
export function refusingWrites(handlers: Handlers, { file }: Pick<Store, 'file'>, because: string): Handlers {
  const refuse = () => {
    throw new UserError({
      code: 'unavailable',
      message: `This database is open for reading only, and nothing of it can be changed. ${because}`,
      where: file,
      hint: 'To change it, copy the file to a folder of your own, and open the copy.',
    });
  };
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    contract[name as keyof Handlers].writes ? refuse : handler,
  ]);
  return Object.fromEntries(entries) as Handlers;
}
