import { describe, expect, it } from 'vitest';
import { createLive } from './live.ts';

describe('live changes', () => {
  it('coalesce, at most ten times a second', async () => {
    const live = createLive();
    const abort = new AbortController();
    const changes = live.changes('steps', abort.signal);
    const counter = setInterval(() => live.announce('steps', 1), 1);
    const start = performance.now();
    let count = 0;
    for await (const ids of changes) {
      expect([...ids]).toEqual([1]);
      if (++count === 5) abort.abort();
    }
    clearInterval(counter);
    expect(performance.now() - start).toBeGreaterThan(450);
  });

  it('count from the call, before the first look', async () => {
    const live = createLive();
    const abort = new AbortController();
    const changes = live.changes('runs', abort.signal);
    live.announce('runs', 3);
    live.announce('runs', 4);
    live.announce('studies', 5);
    for await (const ids of changes) {
      expect([...ids]).toEqual([3, 4]);
      abort.abort();
    }
  });

  it('end with what was not told yet, when they are closed', async () => {
    const live = createLive();
    const told: number[][] = [];
    const watching = (async () => {
      for await (const ids of live.changes('runs', new AbortController().signal)) told.push([...ids]);
    })();
    live.announce('runs', 3);
    const start = performance.now();
    await live.close(5000);
    await watching;
    expect(told).toEqual([[3]]);
    expect(performance.now() - start).toBeLessThan(90);
  });

  it('are closed after the time given where one is not used', async () => {
    const live = createLive();
    live.changes('runs', new AbortController().signal);
    const start = performance.now();
    await live.close(50);
    expect(performance.now() - start).toBeGreaterThan(45);
  });

  it('rest longer where a value takes longer to use', async () => {
    const live = createLive();
    const abort = new AbortController();
    const changes = live.changes('steps', abort.signal);
    const counter = setInterval(() => live.announce('steps', 1), 1);
    const times: number[] = [];
    for await (const _ids of changes) {
      times.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (times.length === 2) abort.abort();
    }
    clearInterval(counter);
    expect(times[1]! - times[0]!).toBeGreaterThan(280);
  });
});
