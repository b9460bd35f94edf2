import * as v from 'valibot';
import { UserError } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import type { Caller, Handlers, MethodTable } from './rpc.ts';
import { isWithinLimits } from './size.ts';
import { parseOrThrow } from './validate.ts';
import { ToServer, type ToClient } from './wire.ts';

/** Calls and streams that one client may hold open at a time. */
const MAX_OPEN_CALLS = 512;

interface OpenCall {
  readonly abort: AbortController;
  /** Releases a stream that waits for its last value to be acknowledged. */
  acknowledge: () => void;
}

/**
 * Answers a client's calls with the handlers until the channel closes. Everything that arrives is refused unless it is
 * within the size limits and fits the contract; a refusal has run no handler.
 */
export function serve(
  contract: MethodTable,
  handlers: Handlers,
  channel: Channel<unknown, ToClient>,
  firstCaller: Caller = 'program',
): void {
  let caller = firstCaller;
  const calls = new Map<number, OpenCall>();
  const table = handlers as unknown as Record<
    string,
    (arguments_: unknown, signal: AbortSignal, caller: Caller) => unknown
  >;

  const refuse = (id: number, error: unknown) =>
    channel.send({ type: 'error', id, error: UserError.from(error).toData() });

  const runStream = async (id: number, call: OpenCall, values: AsyncIterable<unknown>) => {
    const isOver = () => call.abort.signal.aborted;
    for await (const value of values) {
      if (isOver()) return;
      const acknowledged = new Promise<void>((resolve) => (call.acknowledge = resolve));
      channel.send({ type: 'value', id, value });
      await acknowledged;
      if (isOver()) return;
    }
    channel.send({ type: 'end', id });
  };

  const start = async (id: number, name: string, given: unknown) => {
    if (calls.has(id)) return refuse(0, badInput(`Call ${id} is still open`));
    if (calls.size >= MAX_OPEN_CALLS) return refuse(id, badInput(`A client has at most ${MAX_OPEN_CALLS} open calls`));
    const call: OpenCall = { abort: new AbortController(), acknowledge: () => undefined };
    calls.set(id, call);
    try {
      if (!Object.hasOwn(contract, name)) throw badInput(`There is no method ${name.slice(0, 100)}`);
      const method = contract[name as keyof MethodTable];
      const arguments_ = parseOrThrow(method.arguments, given, { code: 'bad-input', subject: name });
      const answer = table[name]!(arguments_, call.abort.signal, caller);
      if (method.kind === 'stream') await runStream(id, call, answer as AsyncIterable<unknown>);
      else channel.send({ type: 'result', id, value: await answer });
    } catch (error) {
      if (!call.abort.signal.aborted) refuse(id, error);
    } finally {
      call.abort.abort();
      if (calls.get(id) === call) calls.delete(id);
    }
  };

  const end = (id: number) => {
    const call = calls.get(id);
    calls.delete(id);
    call?.abort.abort();
    call?.acknowledge();
  };

  channel.onMessage((incoming) => {
    if (!isWithinLimits(incoming)) return refuse(0, badInput('The request is too large or nests too deep'));
    const parsed = v.safeParse(ToServer, incoming);
    if (!parsed.success) return refuse(0, badInput('The message is not a request'));
    const message = parsed.output;
    if (message.type === 'call') void start(message.id, message.method, message.arguments);
    else if (message.type === 'received') calls.get(message.id)?.acknowledge();
    else if (message.type === 'page') caller = 'page';
    else end(message.id);
  });

  channel.onClose(() => [...calls.keys()].forEach(end));
}

function badInput(message: string): UserError {
  return new UserError({ code: 'bad-input', message });
}
