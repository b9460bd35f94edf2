import { inject, onBeforeUnmount, provide, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import type { Chart, ChartTable } from '../../../../charts/chart.ts';

/** What a chart in a frame lets the frame's toolbar do. */
export interface FramedChart {
  /** The numbers behind; null where the chart is a picture. */
  readonly chart: () => Chart | null;
  readonly isZoomed: Readonly<Ref<boolean>>;
  resetZoom(): void;
  /** The chart as it is shown; null before it has been drawn. */
  png(): Promise<Blob | null>;
  svg(): string;
  /** The numbers of a picture, for a file: too many to show. */
  table?(): ChartTable;
}

const frameKey: InjectionKey<ShallowRef<FramedChart | null>> = Symbol('frame');

/** For the frame: the chart that its slot holds, once it is there. */
export function provideFrame(): ShallowRef<FramedChart | null> {
  const framed = shallowRef<FramedChart | null>(null);
  provide(frameKey, framed);
  return framed;
}

/** For a chart: offers itself to the frame around it, where there is one. */
export function joinFrame(framed: FramedChart): void {
  const frame = inject(frameKey, null);
  if (frame === null) return;
  frame.value = framed;
  onBeforeUnmount(() => {
    if (frame.value === framed) frame.value = null;
  });
}
