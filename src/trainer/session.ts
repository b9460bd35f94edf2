import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';
import { checkTensorflow } from '../../scripts/setup/integrity.mjs';
import { UserError } from '../contract/errors.ts';
import type { NetworkInput } from '../contract/network.ts';
import type { SecondLabels } from '../data/pipeline/batch.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import {
  FEEDS,
  FETCHES,
  newVector,
  vectorOf,
  type StepDrops,
  type TrainingProgram,
  type TrainingState,
} from '../engine/program.ts';
import { dropsOf, partsOf } from './parts.ts';
import { joined } from './vectors.ts';

/** Images and their labels as the data set gives them. */
export interface Batch {
  /** Pixels, uint8 [count, height, width, channels]. */
  readonly images: Uint8Array;
  /** int32 [count] */
  readonly labels: Int32Array;
  /** Images in this batch; the last one of an epoch may be smaller. */
  readonly count: number;
  /** Second labels, where images are mixed. */
  readonly second?: SecondLabels | null;
}

export interface Evaluation {
  readonly lossSum: number;
  readonly correct: number;
}

/** A step's metrics, as `TrainingSession.step` gives them, and its observation. */
export interface ObservedStep {
  readonly metrics: Float32Array;
  readonly observation: Float32Array;
}

/** A compiled network in TensorFlow, with its state. Calls block until they are done. */
export interface TrainingSession {
  /**
   * One training step; returns `STEP_METRICS` and the gradient norms in the order of the program's parameters. `drops` is what
   * was drawn for it where the network drops branches, and null where it drops none.
   */
  step(batch: Batch, learningRate: number, drops?: StepDrops | null): Float32Array;
  /** The same step, which gives what is observed of it too: one observation (`Observations`). For programs that can be observed. */
  observedStep(batch: Batch, learningRate: number, drops?: StepDrops | null): ObservedStep;
  /** With the running averages; changes nothing. */
  evaluate(batch: Batch): Evaluation;
  read(): TrainingState;
  /** Replaces the whole state; needed once before the first step. */
  assign(state: TrainingState): void;
  /** `CPU` or `GPU`. */
  readonly device: string;
  /** TensorFlow's own version. */
  readonly backendVersion: string;
  /** Frees the graph and its variables. */
  close(): void;
}

/** A tensor to feed. */
export interface Feed {
  readonly shape: readonly number[];
  /** An array of byte strings for a tensor of strings. */
  readonly values: Float32Array | Int32Array | Uint8Array | Uint8Array[];
}

/** Any graph in TensorFlow: feeds and fetches by the names of its nodes. */
export interface GraphSession {
  run(feeds: Readonly<Record<string, Feed>>, fetches: readonly string[]): (Float32Array | Int32Array | Uint8Array)[];
  close(): void;
}

const MODEL_FILE = 'saved_model.pb';
const TAG = 'serve';

let loaded: TFJSBinding | undefined;

/**
 * Loads a compiled network. The binding of tfjs-node is called directly: its JavaScript would add a second to the start
 * and serves eager kernels, of which the trainer has none. Throws `unavailable` where TensorFlow is not as set-up left it.
 */
export function openSession(program: TrainingProgram): Promise<TrainingSession> {
  return Promise.resolve(trainingSession(program));
}

function trainingSession(program: TrainingProgram): TrainingSession {
  const binding = loadBinding();
  const graph = openGraph(program.savedModel);
  const { height, width, channels } = program.input;

  function batchFeeds({ images, labels, count, second }: Batch): Record<string, Feed> {
    return {
      [FEEDS.images]: { shape: [count, height, width, channels], values: images },
      [FEEDS.labels]: { shape: [count], values: labels },
      ...(second && {
        [FEEDS.secondLabels]: { shape: [count], values: second.labels },
        [FEEDS.secondShares]: { shape: [count], values: second.shares },
      }),
    };
  }

  function dropFeeds(drops: StepDrops | null, count: number): Record<string, Feed> {
    const { stochasticDepth, dropPath, shortcutElements } = program.drops;
    const feeds: Record<string, Feed> = {};
    if (drops && stochasticDepth.length > 0) {
      feeds[FEEDS.keptBranches] = { shape: [stochasticDepth.length], values: drops.keptBranches };
    }
    if (drops && dropPath.length > 0) {
      feeds[FEEDS.branchFactors] = { shape: [dropPath.length, count], values: drops.branchFactors };
    }
    if (drops && shortcutElements) {
      feeds[FEEDS.dropoutSeed] = { shape: [], values: Int32Array.of(drops.maskSeed) };
    }
    return feeds;
  }

  function fetchFloats(feeds: Record<string, Feed>, ...names: string[]): Float32Array[] {
    return graph.run(feeds, names) as Float32Array[];
  }

  /** Its metrics and, where it is observed, its updates, variances and activations. */
  function makeStep(batch: Batch, learningRate: number, drops: StepDrops | null, isObserved: boolean): Float32Array[] {
    const rate = { [FEEDS.learningRate]: scalar(learningRate) };
    const ofUpdate = isObserved ? [FETCHES.train, FETCHES.updates, FETCHES.variances] : [FETCHES.train];
    const ofPass = isObserved ? [FETCHES.activations] : [];
    if (program.microBatches === 1) {
      const feeds = { ...batchFeeds(batch), ...rate, ...dropFeeds(drops, batch.count) };
      return fetchFloats(feeds, ...ofUpdate, ...ofPass);
    }
    let first = 0;
    let observed: Float32Array[] = [];
    try {
      for (const part of partsOf(batch, program.microBatches)) {
        const share = { [FEEDS.share]: scalar(part.count / batch.count) };
        const partDrops = drops && dropsOf(drops, batch.count, first, part.count);
        const feeds = { ...batchFeeds(part), ...share, ...dropFeeds(partDrops, part.count) };
        first += part.count;
        const isLast = first === batch.count;
        observed = fetchFloats(feeds, FETCHES.accumulate, ...(isLast ? ofPass : [])).slice(1);
      }
    } catch (error) {
      fetchFloats({}, FETCHES.discard);
      throw error;
    }
    return [...fetchFloats(rate, ...ofUpdate), ...observed];
  }

  return {
    step: (batch, learningRate, drops = null) => makeStep(batch, learningRate, drops, false)[0]!,

    observedStep(batch, learningRate, drops = null) {
      const [metrics, updates, variances, activations] = makeStep(batch, learningRate, drops, true);
      return { metrics: metrics!, observation: joined([updates!, activations!, variances!]) };
    },

    evaluate(batch) {
      const [lossSum, correct] = fetchFloats(batchFeeds(batch), FETCHES.evaluate)[0]!;
      return { lossSum: lossSum!, correct: correct! };
    },

    read() {
      const names = program.state.map(({ name }) => name);
      const values = fetchFloats({}, ...names);
      return Object.fromEntries(names.map((name, index) => [name, values[index]!])) as TrainingState;
    },

    assign(state) {
      // TensorFlow keeps what it is fed as the variable's own memory and trains in it: it gets copies.
      const vector = (values: Float32Array) => ({ shape: [values.length], values: values.slice() });
      const feeds = program.state.map(({ name }) => [newVector(name), vector(vectorOf(state, name))] as const);
      fetchFloats(Object.fromEntries(feeds), FETCHES.assign);
    },

    device: binding.isUsingGpuDevice() ? 'GPU' : 'CPU',
    backendVersion: binding.TF_Version,
    close: () => graph.close(),
  };
}

/** The first layer, in forward order, whose numbers are not all finite with these parameters on this batch; null: none. */
export function firstBrokenLayer(
  { savedModel, layers }: Diagnosis,
  { images, count }: Batch,
  { height, width, channels }: NetworkInput,
  parameters: Float32Array,
): string | null {
  const graph = openGraph(savedModel);
  try {
    const feeds = {
      [FEEDS.images]: { shape: [count, height, width, channels], values: images },
      [newVector('parameters')]: { shape: [parameters.length], values: parameters.slice() },
    };
    const [finite] = graph.run(feeds, [FETCHES.diagnosis]);
    return layers[finite!.indexOf(0)] ?? null;
  } finally {
    graph.close();
  }
}
const scalar = (value: number): Feed => ({ shape: [], values: Float32Array.of(value) });

/** Loads a `saved_model.pb` by way of a private folder, which is gone when this returns. */
export function openGraph(savedModel: Uint8Array): GraphSession {
  const binding = loadBinding();
  const folder = mkdtempSync(join(tmpdir(), `depthlab-graph-${process.pid}-`));
  let session: number | undefined;
  try {
    writeFileSync(join(folder, MODEL_FILE), savedModel, { mode: 0o600 });
    session = binding.loadSavedModel(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    run(feeds, fetches) {
      if (session === undefined) throw new Error('The session is closed');
      return runGraph(binding, session, feeds, fetches);
    },
    close() {
      if (session !== undefined) binding.deleteSavedModel(session);
      session = undefined;
    },
  };
}

function runGraph(
  binding: TFJSBinding,
  session: number,
  feeds: Readonly<Record<string, Feed>>,
  fetches: readonly string[],
): (Float32Array | Int32Array | Uint8Array)[] {
  const live: number[] = [];
  try {
    for (const { shape, values } of Object.values(feeds)) {
      live.push(binding.createTensor([...shape], dataType(binding, values), values));
    }
    const inputs = Object.keys(feeds).map((name) => `${name}:0`);
    const outputs = fetches.map((name) => `${name}:0`);
    const results = binding.runSavedModel(session, live.slice(), inputs.join(), outputs.join());
    live.push(...results.map(({ id }) => id));
    return results.map(({ id }) => binding.tensorDataSync(id));
  } finally {
    for (const id of live) binding.deleteTensor(id);
  }
}

function dataType(binding: TFJSBinding, values: Feed['values']): number {
  if (Array.isArray(values)) return binding.TF_STRING;
  if (values instanceof Float32Array) return binding.TF_FLOAT;
  return values instanceof Int32Array ? binding.TF_INT32 : binding.TF_UINT8;
}

/** Has XLA compile whatever this process runs on a GPU. To be called before the first session: TensorFlow reads it once. */
export function enableXla(): void {
  process.env['TF_XLA_FLAGS'] ??= '--tf_xla_auto_jit=2';
}

/** Where XLA finds CUDA's compiler and its library of device functions. */
const cudaFolder = (packageFolder: string) => join(packageFolder, 'deps', 'nvidia', 'cuda_nvcc');

/** The native library, once it was found to be what set-up installed. */
function loadBinding(): TFJSBinding {
  if (loaded !== undefined) return loaded;
  // Read by TensorFlow when it is loaded; whoever starts the process may set them otherwise.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  if (process.env['DEPTHLAB_DEVICE'] === 'cpu') process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  const require = createRequire(import.meta.url);
  try {
    const packageFolder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    const { binding, variant } = checkTensorflow(packageFolder);
    if (variant === 'gpu') process.env['XLA_FLAGS'] ??= `--xla_gpu_cuda_data_dir=${cudaFolder(packageFolder)}`;
    loaded = require(binding) as TFJSBinding;
  } catch (error) {
    throw new UserError({
      code: 'unavailable',
      message: error instanceof Error ? error.message : String(error),
      where: 'TensorFlow',
      hint: 'Run "npm run setup -- --repair"',
    });
  }
  return loaded;
}
