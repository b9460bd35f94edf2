import { observedSteps } from '../analysis/observedSteps.ts';
import { scheduleLength } from '../analysis/schedule.ts';
import { heldOutImages } from '../analysis/trainedImages.ts';
import { mixesImages, requirePossible } from '../data/augment/augmentation.ts';
import type { DataSet } from '../data/dataSet.ts';
import { openDataSet } from '../data/openDataSet.ts';
import { createPipeline, type Pipeline } from '../data/pipeline/pipeline.ts';
import { splitTraining } from '../data/split.ts';
import type { StepDrops, TrainingProgram, TrainingState } from '../engine/program.ts';
import { drawDrops } from '../nets/drop.ts';
import { initialState } from '../nets/initialise.ts';
import { optimiserOf } from '../nets/optimiserOf.ts';
import { compileNetworkDiagnosis, compileTrainingProgram } from '../nets/trainingProgram.ts';
import type { StartMessage } from './control.ts';
import { openEvaluation } from './evaluate.ts';
import { createRates, type Rates } from './rates.ts';
import { openResume, type Resumed } from './resume.ts';
import { enableXla, firstBrokenLayer, openSession, type Batch, type TrainingSession } from './session.ts';

/** Everything that the loop of a run works with. */
export interface PreparedRun {
  readonly start: StartMessage;
  readonly dataSet: DataSet;
  /** The training images that are held out; null where the run trains on all. */
  readonly heldOut: Uint32Array | null;
  readonly batches: Pipeline;
  /** Of the images that each epoch ends with: those held out or, where there are none, the test images. */
  readonly evaluationBatches: Pipeline;
  readonly program: TrainingProgram;
  readonly session: TrainingSession;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Where it goes on; null for a run that starts. */
  readonly resumed: Resumed | null;
  /** What the session held before the first step. */
  readonly startState: () => TrainingState;
  readonly rates: Rates;
  /** The first layer in forward order that breaks on a batch with the session's parameters; null where none does. */
  readonly firstBrokenLayer: (batch: Batch) => string | null;
  /** Whether a step is observed by layer. */
  readonly isObserved: (step: number) => boolean;
  /** Which residual branches a step of so many images drops; null where the run drops none. */
  readonly drops: (step: number, images: number) => StepDrops | null;
}

/** Reads the images, compiles the network and loads it, with the weights that follow from the seed. */
export async function prepareRun(start: StartMessage): Promise<PreparedRun> {
  const { recipe, network } = start;
  const dataSet = openDataSet(start.data);
  const { info, train } = dataSet;
  const {
    weightDecay,
    decayAll,
    clipNorm,
    labelSmoothing,
    weightAverage,
    batchSize,
    seed,
    recompute,
    microBatches,
    precision,
  } = recipe;
  const options = {
    optimiser: optimiserOf(recipe),
    weightDecay,
    decayAll,
    clipNorm,
    labelSmoothing,
    mixedLabels: mixesImages(recipe),
    weightAverage,
    imageMean: info.mean,
    imageStd: info.std,
    recompute,
    microBatches,
    precision,
    observe: recipe.observe !== 'off',
  };
  requirePossible(recipe, info);
  if (recipe.xla) enableXla();
  const program = compileTrainingProgram(network, info.input, options, recipe);
  const session = await openSession(program);
  const startState = () => initialState(program, seed);
  const resumed = start.resume && openResume(start.resume, program, startState);
  session.assign(resumed?.state ?? startState());
  const { input } = info;
  const heldOut = heldOutImages(recipe, info);
  const split = heldOut === 0 ? null : splitTraining(train.labels, input.classes, heldOut, recipe.validationSeed);
  const images = split?.train ?? null;
  const { stepsPerEpoch, totalSteps } = scheduleLength(recipe, images?.length ?? train.count);
  return {
    start,
    dataSet,
    heldOut: split?.validation ?? null,
    program,
    session,
    resumed,
    startState,
    stepsPerEpoch,
    totalSteps,
    batches: createPipeline({
      reference: start.data,
      dataSet,
      part: 'train',
      plan: { purpose: 'train', batchSize, seed, images, recipe },
    }),
    evaluationBatches: openEvaluation(start, dataSet, split ? 'train' : 'test', split?.validation ?? null),
    isObserved: observedSteps(recipe.observe, totalSteps).isObserved,
    drops: (step, images) => drawDrops(program, { seed, step, images }),
    rates: createRates(recipe, start.rateChanges, totalSteps),
    firstBrokenLayer: (batch) => {
      const diagnosis = compileNetworkDiagnosis(network, input, options);
      return firstBrokenLayer(diagnosis, batch, input, session.read().parameters);
    },
  };
}
