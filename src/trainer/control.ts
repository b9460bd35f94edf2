import * as v from 'valibot';
import { UserError, assertNever } from '../contract/errors.ts';
import { ToTrainer, type FromTrainer, type PauseWay } from '../contract/trainer.ts';
import type { Channel } from '../link/channel.ts';

export type StartMessage = Extract<ToTrainer, { type: 'start' }>;

/** What the host has said so far: the loop asks between two steps. */
export interface Control {
  /** Resolves with the first message, which says what to train. Rejects where the host says something else. */
  readonly start: Promise<StartMessage>;
  /** Why the run is to end; null while it is not. */
  stopReason(): string | null;
  /** Whether a run that was asked to end may still evaluate the test images. */
  mayTest(): boolean;
  /** How the run is to rest; null while it is not. */
  pauseWay(): PauseWay | null;
  /** A learning rate that was asked for since the last call; null where none was. */
  takeLearningRate(): number | null;
  /** Steps up to this one are in the file. */
  committedStep(): number;
  /** Resolves when anything of the above has changed. */
  changed(): Promise<void>;
  /** Asks for the run's end from within this process, without a test; a reason given before stays. */
  stop(reason: string): void;
}

/** Listens to the host. A message that breaks the contract ends the run: host and trainer are of different versions. */
export function createControl(channel: Channel<unknown, FromTrainer>): Control {
  const start = Promise.withResolvers<StartMessage>();
  let change = Promise.withResolvers<undefined>();
  let reason: string | null = null;
  let mayTest = true;
  let pause: PauseWay | null = null;
  let committed = 0;
  let learningRate: number | null = null;
  let fault: UserError | null = null;

  const announce = () => {
    change.resolve(undefined);
    change = Promise.withResolvers<undefined>();
  };
  const stop = (why: string, test = false) => {
    reason ??= why;
    mayTest &&= test;
    announce();
  };
  const checked = <Value>(value: Value): Value => {
    if (fault) throw fault;
    return value;
  };

  channel.onMessage((incoming) => {
    const parsed = v.safeParse(ToTrainer, incoming);
    if (!parsed.success) {
      const { message } = parsed.issues[0];
      fault = new UserError({
        code: 'failed',
        message: `The host sent a message that breaks the contract: ${message}`,
      });
      start.reject(fault);
      return announce();
    }
    const message = parsed.output;
    switch (message.type) {
      case 'start':
        return start.resolve(message);
      case 'stop':
        return stop(message.reason, message.test);
      case 'pause':
        pause = message.way;
        return announce();
      case 'learningRate':
        learningRate = message.learningRate;
        return announce();
      case 'continue':
        pause = null;
        return announce();
      case 'committed':
        committed = Math.max(committed, message.step);
        return announce();
      default:
        return assertNever(message);
    }
  });

  return {
    start: start.promise,
    stopReason: () => checked(reason),
    mayTest: () => checked(mayTest),
    pauseWay: () => checked(pause),
    takeLearningRate() {
      const asked = checked(learningRate);
      learningRate = null;
      return asked;
    },
    committedStep: () => checked(committed),
    changed: () => change.promise,
    stop: (why) => stop(why),
  };
}
