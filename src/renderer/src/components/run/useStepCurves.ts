import { useElementSize } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { SeriesName } from '../../../../contract/frames.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { curveFacts } from '../../../../charts/curveFacts.ts';
import type { LearningCurve } from '../../../../charts/learningCurve.ts';
import type { ThemeMode } from '../../../../charts/palette.ts';
import type { Range } from '../../../../charts/ticks.ts';
import { perStep, type XMode } from '../../../../charts/xMode.ts';
import { useCurves } from '../../composables/useCurves.ts';

/** A run whose curve is drawn, under the name that the legend has for it. */
export interface CurveSubject {
  readonly run: RunRow;
  readonly name: string;
  /** Left out: its family's, by its depth. */
  readonly colours?: Readonly<Record<ThemeMode, string>>;
}

interface StepCurves {
  /** In the order of the subjects. */
  readonly curves: ComputedRef<LearningCurve[]>;
  /** The part of the x axis that is shown, null for the whole; the host then gives every point of it. */
  readonly zoomed: ShallowRef<Range | null>;
}

/** A step series of one or several runs, for a chart in `box` against `xMode`: as fine as the chart is wide. */
export function useStepCurves(
  options: () => { readonly subjects: readonly CurveSubject[]; readonly series: SeriesName; readonly xMode: XMode },
  box: Readonly<ShallowRef<HTMLElement | null>>,
): StepCurves {
  const { width } = useElementSize(box);
  const zoomed = shallowRef<Range | null>(null);
  const facts = computed(() =>
    options().subjects.map(({ run, name, colours }) => ({
      ...curveFacts(run, name),
      ...(colours === undefined ? {} : { colours }),
    })),
  );
  const steps = computed(() => {
    if (zoomed.value === null) return {};
    const [from, to] = zoomed.value;
    const scales = facts.value.map((fact) => perStep(fact, options().xMode)).filter((scale) => scale > 0);
    if (scales.length === 0) return {};
    return {
      fromStep: Math.max(1, Math.floor(from / Math.max(...scales))),
      toStep: Math.ceil(to / Math.min(...scales)),
    };
  });
  const points = useCurves(() => ({
    runIds: options().subjects.map(({ run }) => run.id),
    series: options().series,
    // Rounded, so that dragging a panel's edge does not ask for every width on the way.
    pixels: Math.max(200, Math.ceil(width.value / 100) * 100),
    ...steps.value,
  }));
  const curves = computed(() =>
    facts.value.map((fact) => {
      const { steps: at = new Float64Array(), values = new Float32Array() } = points.value.get(fact.runId) ?? {};
      return { ...fact, steps: at, values };
    }),
  );
  return { curves, zoomed };
}
