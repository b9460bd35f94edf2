import { triggerRef, shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { CurvePoints, SeriesName } from '../../../contract/frames.ts';
import { useApi } from '../api.ts';
import { useStream } from './useStream.ts';

export interface CurvesQuestion {
  readonly runIds: readonly number[];
  readonly series: SeriesName;
  /** Width of the chart. */
  readonly pixels: number;
  readonly fromStep?: number | undefined;
  readonly toStep?: number | undefined;
}

/** A step series of several runs, decimated to the chart's width, history and news alike. */
export function useCurves(
  question: MaybeRefOrGetter<CurvesQuestion>,
): Readonly<ShallowRef<ReadonlyMap<number, CurvePoints>>> {
  const api = useApi();
  const curves = shallowRef(new Map<number, CurvePoints>());
  useStream(
    () => JSON.stringify(toValue(question)),
    (asked, onError) => {
      const { runIds, series, pixels, fromStep, toStep } = JSON.parse(asked) as CurvesQuestion;
      const wanted = new Set(runIds);
      curves.value = new Map([...curves.value].filter(([id]) => wanted.has(id)));
      if (runIds.length === 0) return null;
      return api['curves.watch'](
        { runIds: [...runIds], series, pixels: Math.min(8192, Math.max(16, Math.round(pixels))), fromStep, toStep },
        (patch) => {
          for (const points of patch.curves) curves.value.set(points.runId, points);
          triggerRef(curves);
        },
        onError,
      );
    },
  );
  return curves;
}
