import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TrainingRecipeInput } from '../../src/contract/recipe.ts';
import { FromTrainer, type ToTrainer } from '../../src/contract/trainer.ts';
import { confirm, digitsReference, only, startMessage, temporaryFolder } from './training.fixture.ts';

const TRAINER = resolve(import.meta.dirname, '../../src/trainer/main.ts');

interface TrainerEnd {
  readonly code: number | null;
  readonly messages: readonly FromTrainer[];
  readonly stdout: string;
}

/** Forks the trainer as the host does, and calls `onSteps` at the first frame. */
function forkTrainer(
  recipe: TrainingRecipeInput,
  onSteps: (child: ChildProcess) => void = () => undefined,
  change: Record<string, unknown> = {},
): Promise<TrainerEnd> {
  const child = fork(TRAINER, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    execArgv: [],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const messages: FromTrainer[] = [];
  let stdout = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const send = (message: ToTrainer) => child.connected && child.send(message, () => undefined);
  child.on('message', (incoming) => {
    const message = v.parse(FromTrainer, incoming);
    messages.push(message);
    confirm(message, send);
    if (message.type === 'steps' && message.frame.firstStep === 1) onSteps(child);
  });
  child.send({ ...startMessage(recipe, temporaryFolder()), ...change });
  return new Promise((end) => child.on('close', (code) => end({ code, messages, stdout })));
}

describe('the trainer process', () => {
  it('trains, exits by itself and writes nothing to its standard output', async () => {
    const { code, messages, stdout } = await forkTrainer({ epochs: 1 });
    expect([code, stdout]).toEqual([0, '']);
    expect(messages.at(-1)).toMatchObject({ type: 'ended', outcome: 'finished', step: 23 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends cleanly with one checkpoint at %s, even twice',
    async (signal) => {
      const { code, messages } = await forkTrainer({ epochs: 1000 }, (child) => {
        child.kill(signal);
        child.kill(signal);
      });
      expect(code).toBe(0);
      expect(messages.at(-1)).toMatchObject({
        type: 'ended',
        outcome: 'stopped',
        reason: `Depthlab was interrupted (${signal})`,
      });
      expect(only(messages, 'checkpoint')).toHaveLength(1);
      expect(only(messages, 'ended')).toHaveLength(1);
    },
  );

  it('exits when its host is gone', async () => {
    const code = await new Promise((exited) => {
      // After a disconnect from this side Node emits `exit` alone, never `close`.
      void forkTrainer({ epochs: 1000 }, (child) => {
        child.disconnect();
        child.on('exit', exited);
      });
    });
    expect(code).toBe(1);
  });

  it('reports what is wrong with its start as the user can mend it', async () => {
    const { code, messages } = await forkTrainer({}, undefined, {
      data: { ...digitsReference!, folder: '/nowhere' },
    });
    expect(code).toBe(1);
    expect(messages).toEqual([
      {
        runId: 5,
        attempt: 2,
        type: 'failed',
        step: 0,
        error: {
          code: 'unavailable',
          message: expect.stringContaining('The images of the data set "digits" cannot be read') as string,
          where: '/nowhere/digits.bin',
          hint: 'Install Depthlab again, or restore the file from its repository',
        },
      },
    ]);
  });

  it('warns of a checkpoint that cannot be written, and goes on', async () => {
    const { code, messages } = await forkTrainer({ maxSteps: 3 }, undefined, { checkpointFolder: '/nowhere/at/all' });
    expect(code).toBe(0);
    const text = expect.stringMatching(/^The checkpoint cannot be written: ENOENT.*\(after step 3\)$/) as string;
    expect(only(messages, 'warning')).toEqual([{ runId: 5, attempt: 2, type: 'warning', text }]);
    expect(messages.at(-1)).toMatchObject({ type: 'ended', outcome: 'finished', step: 3 });
  });

  it('ends at a message that breaks the contract', async () => {
    const { code, messages } = await forkTrainer({ epochs: 1000 }, (child) => void child.send({ type: 'pause' }));
    expect(code).toBe(1);
    expect(messages.at(-1)).toMatchObject({
      type: 'failed',
      error: { message: expect.stringContaining('contract') as string },
    });
  });
});
