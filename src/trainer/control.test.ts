import { describe, expect, it } from 'vitest';
import { createMemoryChannel } from '../link/memory.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import { createControl } from './control.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function controlled() {
  const [host, trainer] = createMemoryChannel<FromTrainer, unknown>();
  return { host, control: createControl(trainer) };
}

describe('the control', () => {
  it('remembers the first reason to stop and the last committed step', async () => {
    const { host, control } = controlled();
    expect([control.stopReason(), control.committedStep()]).toEqual([null, 0]);
    host.send({ type: 'committed', step: 9 });
    host.send({ type: 'committed', step: 4 });
    await settle();
    control.stop('Interrupted (SIGINT)');
    host.send({ type: 'stop', reason: 'Stopped by the user', test: true });
    await settle();
    expect([control.stopReason(), control.committedStep()]).toEqual(['Interrupted (SIGINT)', 9]);
  });

  it('wakes whoever waits for a change', async () => {
    const { host, control } = controlled();
    const woken = control.changed();
    host.send({ type: 'committed', step: 1 });
    await woken;
    expect(control.committedStep()).toBe(1);
  });

  it.each([[null], ['start'], [{ type: 'start', runId: 1 }], [{ type: 'stop', reason: 'x', test: true, force: true }]])(
    'refuses %j',
    async (message) => {
      const { host, control } = controlled();
      host.send(message);
      await expect(control.start).rejects.toThrow('breaks the contract');
      expect(() => control.stopReason()).toThrow('breaks the contract');
      expect(() => control.committedStep()).toThrow('breaks the contract');
    },
  );
});
