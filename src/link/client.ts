import * as v from 'valibot';
import { UserError } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import type { Api, Dispose, MethodTable } from './rpc.ts';
import { parseOrThrow } from './validate.ts';
import { ToClient, type ToServer } from './wire.ts';

interface Pending {
  readonly method: keyof MethodTable;
  value(value: unknown): void;
  error(error: Error): void;
}

/**
 * The contract as functions over a channel. Results are validated here; a result that breaks the contract rejects.
 * When the channel closes, every open call rejects and every stream reports `unavailable`.
 */
export function createClient(contract: MethodTable, channel: Channel<unknown, ToServer>): Api {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let closed = false;
  const gone = () =>
    new UserError({
      code: 'unavailable',
      message: 'The connection to Depthlab is closed',
      hint: 'Start it again, or reload the page',
    });

  channel.onClose(() => {
    closed = true;
    const open = [...pending.values()];
    pending.clear();
    for (const call of open) call.error(gone());
  });

  channel.onMessage((incoming) => {
    const parsed = v.safeParse(ToClient, incoming);
    if (!parsed.success) return;
    const message = parsed.output;
    const call = pending.get(message.id);
    if (!call) return;
    if (message.type !== 'value') pending.delete(message.id);
    if (message.type === 'error') return call.error(new UserError(message.error));
    if (message.type === 'end') return;
    try {
      const { result } = contract[call.method];
      call.value(parseOrThrow(result, message.value, { code: 'failed', subject: `The answer of ${call.method}` }));
    } catch (error) {
      call.error(UserError.from(error));
    }
    if (message.type === 'value' && pending.has(message.id)) channel.send({ type: 'received', id: message.id });
  });

  const open = (method: keyof MethodTable, arguments_: unknown, call: Pending): number => {
    const id = ++lastId;
    if (closed) {
      call.error(gone());
      return id;
    }
    pending.set(id, call);
    channel.send({ type: 'call', id, method, arguments: arguments_ });
    return id;
  };

  const call = (method: keyof MethodTable) => (arguments_: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      open(method, arguments_, { method, value: resolve, error: reject });
    });

  const stream =
    (method: keyof MethodTable) =>
    (arguments_: unknown, onValue: (value: unknown) => void, onError?: (error: Error) => void): Dispose => {
      const id = open(method, arguments_, { method, value: onValue, error: (error) => onError?.(error) });
      return () => {
        if (pending.delete(id) && !closed) channel.send({ type: 'cancel', id });
      };
    };

  const methods = Object.entries(contract).map(([name, { kind }]) => {
    const method = name as keyof MethodTable;
    return [method, kind === 'stream' ? stream(method) : call(method)] as const;
  });
  return Object.freeze(Object.fromEntries(methods)) as unknown as Api;
}
