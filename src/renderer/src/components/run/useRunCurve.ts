import { useElementSize } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { SeriesName } from '../../../../contract/frames.ts';
import type { RunRow } from '../../../../contract/run.ts';
import type { LearningCurve } from '../../charts/learningCurve.ts';
import type { Range } from '../../charts/ticks.ts';
import { perStep, type XMode } from '../../charts/xMode.ts';
import { useCurves } from '../../composables/useCurves.ts';

interface RunCurve {
  readonly curve: ComputedRef<LearningCurve>;
  /** The part of the x axis that is shown, null for the whole; the host then gives every point of it. */
  readonly zoomed: ShallowRef<Range | null>;
}

/** What names and scales a curve of a run, whatever it is a curve of. */
export function curveFacts(run: RunRow, name: string): Omit<LearningCurve, 'steps' | 'values'> {
  return {
    runId: run.id,
    name,
    version: run.network.version,
    depth: run.network.depth,
    seed: run.recipe.seed,
    stepsPerEpoch: Math.max(1, run.stepsPerEpoch),
    batchSize: run.recipe.batchSize,
    stepMs: run.lastStep > 0 ? run.elapsedMs / run.lastStep : null,
    changes: changesOf(run),
  };
}

function changesOf({ parent, rateChanges }: RunRow) {
  const forked = parent === null ? [] : [{ step: parent.step, label: 'forked' }];
  return [
    ...forked,
    ...rateChanges.map(({ firstStep, learningRate }) => ({ step: firstStep, label: `rate ${learningRate}` })),
  ];
}

/** A step series of a run, for a chart in `box` against `xMode`: as fine as the chart is wide. */
export function useRunCurve(
  options: () => { readonly run: RunRow; readonly series: SeriesName; readonly name: string; readonly xMode: XMode },
  box: Readonly<ShallowRef<HTMLElement | null>>,
): RunCurve {
  const { width } = useElementSize(box);
  const zoomed = shallowRef<Range | null>(null);
  const facts = computed(() => curveFacts(options().run, options().name));
  const steps = computed(() => {
    if (zoomed.value === null) return {};
    const [from, to] = zoomed.value.map((x) => x / perStep(facts.value, options().xMode));
    return { fromStep: Math.max(1, Math.floor(from ?? 1)), toStep: Math.ceil(to ?? options().run.lastStep) };
  });
  const curves = useCurves(() => ({
    runIds: [options().run.id],
    series: options().series,
    // Rounded, so that dragging a panel's edge does not ask for every width on the way.
    pixels: Math.max(200, Math.ceil(width.value / 100) * 100),
    ...steps.value,
  }));
  const curve = computed(() => {
    const points = curves.value.get(options().run.id);
    const { steps: at = new Float64Array(), values = new Float32Array() } = points ?? {};
    return { ...facts.value, steps: at, values };
  });
  return { curve, zoomed };
}
