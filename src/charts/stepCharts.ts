import type { SeriesName } from '../contract/frames.ts';

interface StepChartFacts {
  readonly title: string;
  /** What the y axis measures. */
  readonly yName: string;
  readonly unit: string;
  /** Whether batches and clocks make it jump, so that an average helps. */
  readonly isNoisy: boolean;
  /** Whether its y axis begins logarithmic, whatever the user's usual scale. */
  readonly isLogarithmic: boolean;
}

/** How each series that is recorded by step is drawn. */
export const STEP_CHARTS: Readonly<Record<SeriesName, StepChartFacts>> = {
  loss: { title: 'Training loss', yName: 'Training loss', unit: '', isNoisy: true, isLogarithmic: false },
  accuracy: { title: 'Batch accuracy', yName: 'Batch accuracy', unit: '', isNoisy: true, isLogarithmic: false },
  gradientNorm: {
    title: 'Global gradient norm',
    yName: 'Norm, before clipping',
    unit: '',
    isNoisy: true,
    isLogarithmic: true,
  },
  learningRate: {
    title: 'Learning rate',
    yName: 'Learning rate',
    unit: '',
    isNoisy: false,
    isLogarithmic: false,
  },
  stepMs: { title: 'Step time', yName: 'Time', unit: 'ms', isNoisy: true, isLogarithmic: false },
};
