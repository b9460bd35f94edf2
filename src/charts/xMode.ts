import { formatMeasurement } from '../analysis/format.ts';

/** What an axis of progress counts. */
export type XMode = 'step' | 'epoch' | 'images' | 'time';

interface XModeFacts {
  readonly label: string;
  /** A position on the axis in words. */
  say(x: number): string;
}

export const X_MODES: Readonly<Record<XMode, XModeFacts>> = {
  step: { label: 'Step', say: (x) => `Step ${grouped(x)}` },
  epoch: { label: 'Epoch', say: (x) => `Epoch ${formatMeasurement(x, 4)}` },
  images: { label: 'Images', say: (x) => `${grouped(x)} images` },
  time: { label: 'Training time (s)', say: (x) => `After ${formatMeasurement(x, 4)} s` },
};

/** How far the axis goes in one step of a run. Time is the step's number times the run's mean step. */
export function perStep(
  run: { readonly stepsPerEpoch: number; readonly batchSize: number; readonly stepMs: number | null },
  mode: XMode,
): number {
  if (mode === 'epoch') return 1 / run.stepsPerEpoch;
  if (mode === 'images') return run.batchSize;
  return mode === 'time' ? (run.stepMs ?? NaN) / 1000 : 1;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}
