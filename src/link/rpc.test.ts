import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../contract/contract.ts';
import { UserError } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import { createMemoryChannel } from './memory.ts';
import { createClient, serve, type Api, type Handlers } from './rpc.ts';
import type { ToClient, ToServer } from './wire.ts';

/** Handlers that record what reached them; every method of the contract is there. */
function connect(own: Partial<Handlers>): {
  api: Api;
  called: string[];
  raw: Channel<ToClient, unknown>;
  close: () => void;
} {
  const called: string[] = [];
  const recording = new Proxy(own as Record<string, (...given: unknown[]) => unknown>, {
    get:
      (table, name: string) =>
      (...given: unknown[]) => {
        called.push(name);
        return table[name]?.(...given) ?? null;
      },
  });
  const [clientEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  serve(contract, recording as unknown as Handlers, hostEnd);
  return {
    api: createClient(contract, clientEnd),
    called,
    raw: clientEnd,
    close: () => hostEnd.close(),
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a call', () => {
  it('reaches its handler with the defaults filled in, and answers', async () => {
    const given: unknown[] = [];
    const { api } = connect({
      'runs.list': (arguments_) => {
        given.push(arguments_);
        return [];
      },
    });
    expect(await api['runs.list']({})).toEqual([]);
    expect(given).toEqual([{ deleted: false }]);
  });

  it('passes a UserError as it is', async () => {
    const { api } = connect({
      'runs.get': () => {
        throw new UserError({ code: 'not-found', message: 'There is no run 7', where: 'id', hint: 'See runs list' });
      },
    });
    const error = await api['runs.get']({ id: 7 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'not-found',
      message: 'There is no run 7',
      where: 'id',
      hint: 'See runs list',
    });
  });

  it('names the field that the contract refuses, before any handler runs', async () => {
    const { api, called } = connect({});
    const create = api['runs.create']({ network: { version: 'v2', depth: 20 }, recipe: { learningRate: -1 } });
    await expect(create).rejects.toMatchObject({
      code: 'bad-input',
      where: 'recipe.learningRate',
      message: 'The learning rate is greater than 0',
    });
    const unknown = api['runs.get']({ id: 1, more: true } as { id: number });
    await expect(unknown).rejects.toMatchObject({ code: 'bad-input', where: 'more' });
    expect(called).toEqual([]);
  });

  it('rejects an answer that breaks the contract', async () => {
    const { api } = connect({ 'runs.list': () => [{ id: 0 }] as never });
    await expect(api['runs.list']({})).rejects.toMatchObject({ code: 'failed' });
  });

  it('rejects when the other end goes', async () => {
    const { api, close } = connect({ 'runs.list': () => new Promise<never>(() => undefined) });
    const open = api['runs.list']({});
    close();
    await expect(open).rejects.toMatchObject({ code: 'unavailable' });
    await expect(api['runs.list']({})).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a stream', () => {
  it('asks for the next value only after the one before was received', async () => {
    let made = 0;
    const seen: number[] = [];
    const { raw } = connect({
      'application.status': async function* () {
        for (;;) yield status(++made);
      },
    });
    raw.onMessage((message) => message.type === 'value' && seen.push((message.value as { queued: number }).queued));
    raw.send({ type: 'call', id: 1_000_000, method: 'application.status', arguments: {} });
    await settle();
    expect(made).toBe(1);
    raw.send({ type: 'received', id: 1_000_000 });
    await settle();
    expect(seen).toEqual([1, 2]);
  });

  it('ends at both ends when the client disposes of it', async () => {
    let signal: AbortSignal | undefined;
    const seen: number[] = [];
    const { api } = connect({
      'application.status': async function* (_arguments, given) {
        signal = given;
        for (let index = 1; ; index++) {
          yield status(index);
          await settle();
        }
      },
    });
    const dispose = api['application.status']({}, ({ queued }) => seen.push(queued));
    await settle();
    dispose();
    dispose();
    await settle();
    expect(signal?.aborted).toBe(true);
    const count = seen.length;
    await settle();
    await settle();
    expect(seen.length).toBe(count);
  });

  it('reports the error that ends it', async () => {
    const { api } = connect({
      'application.status': async function* () {
        yield status(0);
        throw new UserError({ code: 'failed', message: 'No status' });
      },
    });
    const error = await new Promise((resolve) => api['application.status']({}, () => undefined, resolve));
    expect(error).toMatchObject({ message: 'No status' });
  });
});

describe('the boundary', () => {
  const methods = Object.keys(contract);
  const hostile = fc.oneof(
    fc.anything(),
    fc.record({ type: fc.constantFrom('call', 'received', 'cancel'), id: fc.oneof(fc.nat(20), fc.anything()) }),
    fc.record({
      type: fc.constant('call'),
      id: fc.nat(1_000_000),
      method: fc.oneof(fc.constantFrom(...methods, '__proto__', 'constructor', 'toString'), fc.string()),
      arguments: fc.oneof(
        fc.anything(),
        fc.dictionary(fc.constantFrom('id', '__proto__', 'recipe', 'network'), fc.anything()),
      ),
    }),
  );

  it('neither crashes nor runs a handler that its arguments do not fit', async () => {
    const { raw, called } = connect({});
    await fc.assert(
      fc.asyncProperty(hostile, async (message) => {
        let sendable: unknown;
        try {
          sendable = structuredClone(message);
        } catch {
          return;
        }
        const before = called.length;
        raw.send(sendable);
        await Promise.resolve().then(() => undefined);
        const [name] = called.slice(before);
        if (name === undefined) return;
        const sent = sendable as { method: keyof typeof contract; arguments: unknown };
        expect(sent.method).toBe(name);
        expect(contract[sent.method].arguments['~standard'].validate(sent.arguments)).not.toHaveProperty('issues');
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what is too large or nests too deep', async () => {
    const { raw, called } = connect({});
    const errors: string[] = [];
    raw.onMessage((message) => message.type === 'error' && errors.push(message.error.message));
    let deep: unknown = 1;
    for (let depth = 0; depth < 40; depth++) deep = { deep };
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    for (const given of [
      deep,
      cyclic,
      'x'.repeat(1024 * 1024),
      new Float32Array(300_000),
      new Array(200_000).fill(0),
    ]) {
      raw.send({ type: 'call', id: 1, method: 'runs.list', arguments: given });
    }
    await settle();
    expect(errors).toEqual(Array.from({ length: 5 }, () => 'The request is too large or nests too deep'));
    expect(called).toEqual([]);
  });
});

function status(queued: number) {
  return { running: 0, queued, trainerMemoryBytes: null, databaseBytes: 0, checkpointBytes: 0, notice: '' };
}
