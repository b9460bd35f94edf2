import { resolve } from 'node:path';
import * as v from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../../src/contract/recipe.ts';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { FromTrainer, type ToTrainer } from '../../src/contract/trainer.ts';
import { embeddedDataSets } from '../../src/host/dataLibrary.ts';
import { createMemoryChannel } from '../../src/link/memory.ts';
import { createControl, type StartMessage } from '../../src/trainer/control.ts';
import { prepareRun, type PreparedRun } from '../../src/trainer/prepareRun.ts';
import { createReporter } from '../../src/trainer/report.ts';
import { trainRun } from '../../src/trainer/trainRun.ts';

export const [digitsReference] = embeddedDataSets(resolve(import.meta.dirname, '../../resources'));

/** What starts a run of the smallest network on all training digits, unless the recipe holds some out. */
export function startMessage(
  recipe: TrainingRecipeInput,
  checkpointFolder: string,
  resume: StartMessage['resume'] = null,
  rateChanges: StartMessage['rateChanges'] = [],
): StartMessage {
  return {
    type: 'start',
    runId: 5,
    attempt: 2,
    network: { version: 'v2', depth: 8, block: 'basic' },
    data: digitsReference!,
    recipe: v.parse(TrainingRecipe, { validationShare: 0, ...recipe }),
    checkpointFolder,
    resume,
    rateChanges,
  };
}

export interface TrainingOptions {
  /** Answers a message as the host would; by default each step is confirmed at once. */
  readonly answer?: (message: FromTrainer, send: (message: ToTrainer) => void) => void;
  readonly checkpointFolder: string;
  /** The smallest one where it is not given. */
  readonly network?: NetworkSpec;
  readonly resume?: StartMessage['resume'];
  readonly rateChanges?: StartMessage['rateChanges'];
  /** Changes the run before it trains. */
  readonly prepared?: (run: PreparedRun) => PreparedRun;
}

/** Trains with the real session in this process; gives every message, each checked against the contract. */
export async function train(recipe: TrainingRecipeInput, options: TrainingOptions): Promise<FromTrainer[]> {
  const { answer = confirm, checkpointFolder, network, resume = null, rateChanges = [] } = options;
  const [host, trainer] = createMemoryChannel<unknown, FromTrainer | ToTrainer>();
  const messages: FromTrainer[] = [];
  host.onMessage((incoming) => {
    const message = v.parse(FromTrainer, incoming);
    messages.push(message);
    answer(message, host.send);
  });
  const control = createControl(trainer);
  const message = startMessage(recipe, checkpointFolder, resume, rateChanges);
  host.send(network ? { ...message, network } : message);
  const start = await control.start;
  const prepared = await prepareRun(start);
  const run = options.prepared?.(prepared) ?? prepared;
  await trainRun(run, control, createReporter(start, trainer.send));
  run.session.close();
  await new Promise((resolveTurn) => setImmediate(resolveTurn));
  return messages;
}

export function confirm(message: FromTrainer, send: (message: ToTrainer) => void): void {
  if (message.type === 'steps') send({ type: 'committed', step: lastStepOf(message) });
}

export function lastStepOf({ frame }: Extract<FromTrainer, { type: 'steps' }>): number {
  return frame.firstStep + frame.count - 1;
}

/** The messages of one type, in their order. */
export function only<Type extends FromTrainer['type']>(
  messages: readonly FromTrainer[],
  type: Type,
): Extract<FromTrainer, { type: Type }>[] {
  return messages.filter((message): message is Extract<FromTrainer, { type: Type }> => message.type === type);
}

/** One per-step series over all frames. */
export function series(messages: readonly FromTrainer[], column: number): number[] {
  return only(messages, 'steps').flatMap(({ frame }) =>
    Array.from({ length: frame.count }, (_, row) => frame.series[(row * frame.series.length) / frame.count + column]!),
  );
}
