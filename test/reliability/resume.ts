import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { NetworkSpec } from '../../src/contract/network.ts';
import type { TrainingRecipeInput } from '../../src/contract/recipe.ts';
import type { FromTrainer } from '../../src/contract/trainer.ts';
import { vectorOf } from '../../src/engine/program.ts';
import { decideNetwork } from '../../src/nets/plans.ts';
import type { PreparedRun } from '../../src/trainer/prepareRun.ts';
import { pausingAfter, resultOf } from '../oracle/resuming.ts';
import { only, train } from '../oracle/training.ts';
import { createRandom, type Random } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';

const NETWORKS = (
  [
    ['v1', 8],
    ['v1', 14],
    ['v2', 8],
    ['v2', 14],
    ['v2', 20],
    ['v2', 11],
  ] as const
).map(([version, depth]) => decideNetwork({ version, depth, ...(depth === 11 ? { block: 'bottleneck' } : {}) }));

/** Paused at this step and resumed, or killed there with its last checkpoint some steps before. */
const WAYS = ['paused', 'killed'] as const;

interface Case {
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipeInput;
  readonly maxSteps: number;
}

/** A network and a recipe with any of what a resumed run must go on with. */
function drawCase(random: Random): Case {
  const may = <Value>(probability: number, value: Value, other: Value) =>
    random.fraction() < probability ? value : other;
  const maxSteps = 6 + random.below(20);
  const drop = random.below(4);
  return {
    network: random.pick(NETWORKS),
    maxSteps,
    recipe: {
      maxSteps,
      seed: random.below(1000),
      batchSize: random.pick([64, 100, 256]),
      ...may<TrainingRecipeInput>(
        0.3,
        { optimiser: 'adamw', learningRate: 0.002 },
        { nesterov: may(0.3, true, false) },
      ),
      schedule: random.pick(['step', 'cosine', 'constant'] as const),
      warmupSteps: may(0.3, 4, 0),
      weightAverage: may(0.3, 0.9, null),
      stochasticDepth: drop === 0 ? 0.4 : null,
      dropPath: drop === 1 ? 0.3 : null,
      labelSmoothing: may(0.3, 0.1, 0),
      clipNorm: may(0.3, 5, null),
      augment: may(0.5, true, false),
      cutout: may(0.2, 3, null),
      mixup: may(0.2, 0.3, null),
      recompute: may(0.2, 'half' as const, 'off' as const),
      microBatches: may(0.5, random.pick([2, 3]), 1),
      validationShare: may(0.3, 0.1, 0),
    },
  };
}

const DEATH = 'killed';

/** Makes a checkpoint after one step and dies after a later one, with every message until then delivered. */
async function trainUntilDeath({ network, recipe }: Case, folder: string, checkpointAt: number, deathAt: number) {
  const messages: FromTrainer[] = [];
  const pausing = pausingAfter(checkpointAt, 'hold');
  const options = {
    network,
    checkpointFolder: folder,
    answer: (message: FromTrainer, send: Parameters<NonNullable<typeof pausing.answer>>[1]) => {
      messages.push(message);
      pausing.answer!(message, send);
    },
    prepared: (run: PreparedRun) => {
      const prepared = pausing.prepared!(run);
      let made = 0;
      const mortal =
        <Given extends unknown[], Step>(step: (...given: Given) => Step) =>
        (...given: Given) => {
          if (made === deathAt) throw new Error(DEATH);
          made += 1;
          return step(...given);
        };
      const { step, observedStep } = prepared.session;
      const session = { ...prepared.session, step: mortal(step), observedStep: mortal(observedStep) };
      return { ...prepared, session };
    },
  };
  await train(recipe, options).catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== DEATH) throw error;
  });
  return messages;
}

/** What the optimiser keeps is lost: the weights alone are right. */
function forgetting(run: PreparedRun): PreparedRun {
  const state = run.session.read();
  for (const { name, of } of run.program.state) {
    if (name !== 'parameters' && of === 'parameters') vectorOf(state, name).fill(0);
  }
  run.session.assign(state);
  return run;
}

/** Epochs after the checkpoint are reported again. */
function isTakenBack(message: FromTrainer, checkpoint: number): boolean {
  return message.type === 'epoch' && message.result.step > checkpoint;
}

/** Trains one case straight, and again with a rest on the way; says what differs. */
async function compare(one: Case, folder: string, random: Random, forgets: boolean): Promise<string[]> {
  const { network, recipe, maxSteps } = one;
  const folderOf = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const straight = resultOf(await train(recipe, { network, checkpointFolder: folderOf('straight') }));
  const way = random.pick(WAYS);
  const at = 2 + random.below(maxSteps - 3);
  const checkpointFolder = folderOf(way);
  const first =
    way === 'paused'
      ? await train(recipe, { network, checkpointFolder, ...pausingAfter(at, 'release') })
      : await trainUntilDeath(one, checkpointFolder, 1 + random.below(at - 1), at);
  const resume = {
    checkpoints: only(first, 'checkpoint')
      .toReversed()
      .map(({ step, file, sha256 }) => ({ step, file, sha256 })),
    elapsedMs: 0,
    isFork: false,
  };
  const second = await train(recipe, {
    network,
    checkpointFolder,
    resume,
    ...(forgets ? { prepared: forgetting } : {}),
  });
  const before = resultOf([
    ...first.filter((message) => !isTakenBack(message, resume.checkpoints[0]?.step ?? 0)),
    ...second,
  ]);
  const wrong = (['steps', 'epochs', 'state'] as const).filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(straight[part]),
  );
  const again = new Map(resultOf(second).steps);
  const differs = resultOf([...first, ...second.filter(({ type }) => type === 'checkpoint')]).steps.some(
    ([step, values]) => again.has(step) && JSON.stringify(again.get(step)) !== JSON.stringify(values),
  );
  if (differs) wrong.push('steps');
  return wrong.map(
    (part) => `${network.version}-${network.depth}, ${way} at ${at}: other ${part} (${JSON.stringify(recipe)})`,
  );
}

async function resumeMany({ trials, seed, isOver }: Effort, forgets: boolean): Promise<Trials> {
  const random = createRandom(seed);
  const broken: string[] = [];
  let [made, inParts] = [0, 0];
  for (; made < trials && !isOver(); made += 1) {
    const one = drawCase(random);
    if (one.recipe.microBatches !== 1) inParts += 1;
    broken.push(...(await withFolder((folder) => compare(one, folder, random, forgets))));
  }
  return {
    trials: made,
    broken,
    figures: [
      'compared as bytes: every step, gradient norm and epoch, the weights, and all that the optimiser keeps',
      `${inParts} with micro-batches`,
    ],
  };
}

export const resume: ReliabilityTest = {
  name: 'resume',
  promise: 'a run that was paused or killed and goes on ends with the same bits as one that never stopped (CPU)',
  counts: { short: 10, long: 200 },
  control: {
    what: 'a resume that brings back the weights but not the momentum',
    trials: 2,
    run: (effort) => resumeMany(effort, true),
  },
  run: (effort) => resumeMany(effort, false),
};
