import { useResizeObserver } from '@vueuse/core';
import { use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue';
import type { Chart, ChartView } from '../../../../charts/chart.ts';
import { init, type ECharts } from '../../../../charts/echarts.ts';
import { pageFont } from './pageFont.ts';
import { quietRoot } from './quietRoot.ts';

use([CanvasRenderer]);

/** The one place that holds an ECharts instance: makes it, feeds it, fits it to its element, disposes of it. */
export function useECharts(host: Readonly<ShallowRef<HTMLElement | null>>, chart: () => Chart, view: () => ChartView) {
  const size = shallowRef({ width: 0, height: 0 });
  /** Legend entries that are switched off. */
  const hidden = shallowRef<ReadonlySet<string>>(new Set());
  let instance: ECharts | null = null;
  let isReady = false;

  function draw(): void {
    // Only series and axes are replaced: the legend keeps what is switched off. What is not given again is gone.
    instance?.setOption(
      { ...chart().option, ...chart().axes(view()) },
      { replaceMerge: ['series', 'xAxis', 'yAxis'], lazyUpdate: true },
    );
  }

  /** An element without a size (in a folded panel) cannot be drawn on; the first size makes the instance. */
  function fit(width: number, height: number): void {
    if (!isReady || width < 1 || height < 1 || host.value === null) return;
    size.value = { width, height };
    if (instance !== null) return instance.resize({ width, height });
    instance = init(quietRoot(host.value), null, { renderer: 'canvas', width, height });
    instance.on('legendselectchanged', (event) => {
      const { selected } = event as { selected: Readonly<Record<string, boolean>> };
      hidden.value = new Set(Object.keys(selected).filter((name) => selected[name] === false));
    });
    draw();
  }

  onMounted(async () => {
    await pageFont();
    isReady = true;
    fit(host.value?.clientWidth ?? 0, host.value?.clientHeight ?? 0);
  });
  useResizeObserver(host, ([entry]) => {
    if (entry !== undefined) fit(entry.contentRect.width, entry.contentRect.height);
  });
  watch(chart, draw);
  watch(view, () => instance?.setOption(chart().axes(view()), { lazyUpdate: true }));
  onBeforeUnmount(() => {
    instance?.dispose();
    instance = null;
  });

  /** The chart as a picture of twice the resolution, on its own background. */
  function canvas(backgroundColor: string): HTMLCanvasElement | null {
    return instance?.renderToCanvas({ pixelRatio: 2, backgroundColor }) ?? null;
  }

  return { size, hidden, canvas };
}
