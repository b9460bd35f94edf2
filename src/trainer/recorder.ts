import type { Observations } from '../contract/flow.ts';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { NORMS_OFFSET, STEP_METRICS } from '../engine/program.ts';
import type { ObservedStep } from './session.ts';
import { joined } from './vectors.ts';

/** A frame is sent when it holds this many steps, */
const FRAME_STEPS = 64;
/** or when the last one was sent this long ago. */
const FRAME_MS = 250;

const LOSS = STEP_METRICS.indexOf('loss');
const CORRECT = STEP_METRICS.indexOf('correct');
const GLOBAL_NORM = STEP_METRICS.indexOf('globalNorm');
const LEARNING_RATE = STEP_METRICS.indexOf('learningRate');

/** A step's metrics and its observation; null where it was not observed. */
export type RecordedStep = Pick<ObservedStep, 'metrics'> & { readonly observation: Float32Array | null };

export interface Recorder {
  /** Keeps a step as the session gives it, the number of images in the batch, the step's duration. */
  record(step: RecordedStep, images: number, stepMs: number): void;
  /** Sends what is kept. */
  flush(): void;
  /** Sends what is kept; the step that is recorded next is this one. */
  goBack(nextStep: number): void;
}

export interface RecorderOptions {
  /** Gradient norms of each step. */
  readonly layers: number;
  /** The step that is recorded first. */
  readonly firstStep: number;
  readonly send: (frame: StepFrame) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
}

/** Collects steps into frames, so that neither the channel nor the store is asked for every step. */
export function createRecorder({ layers, firstStep, send, now }: RecorderOptions): Recorder {
  const width = STEP_SERIES.length;
  const series = new Float32Array(FRAME_STEPS * width);
  const norms = new Float32Array(FRAME_STEPS * layers);
  let observed: { readonly step: number; readonly values: Float32Array }[] = [];
  let first = firstStep;
  let count = 0;
  let sentAt = now();

  const flush = () => {
    sentAt = now();
    if (count === 0) return;
    // Copies of their exact size: a channel would clone the whole memory behind a view.
    send({
      firstStep: first,
      count,
      series: series.slice(0, count * width),
      norms: norms.slice(0, count * layers),
      ...(observed.length > 0 && { observations: observationsOf(observed) }),
    });
    first += count;
    count = 0;
    observed = [];
  };

  return {
    record({ metrics, observation }, images, stepMs) {
      if (observation) observed.push({ step: first + count, values: observation });
      const row = {
        loss: metrics[LOSS]!,
        accuracy: metrics[CORRECT]! / images,
        gradientNorm: metrics[GLOBAL_NORM]!,
        learningRate: metrics[LEARNING_RATE]!,
        stepMs,
      } satisfies Record<(typeof STEP_SERIES)[number], number>;
      for (let column = 0; column < width; column++) series[count * width + column] = row[STEP_SERIES[column]!];
      norms.set(metrics.subarray(NORMS_OFFSET, NORMS_OFFSET + layers), count * layers);
      count++;
      if (count === FRAME_STEPS || now() - sentAt >= FRAME_MS) flush();
    },
    flush,
    goBack(nextStep) {
      flush();
      first = nextStep;
    },
  };
}

function observationsOf(observed: readonly { readonly step: number; readonly values: Float32Array }[]): Observations {
  return {
    steps: Float64Array.from(observed, ({ step }) => step),
    values: joined(observed.map(({ values }) => values)),
  };
}
