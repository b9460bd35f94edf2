import { useResizeObserver } from '@vueuse/core';
import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue';
import { paintMarks } from '../../../../charts/gradientMap/paintMarks.ts';
import { paintScales } from '../../../../charts/gradientMap/paintScales.ts';
import { mapPlot, type MapScene } from '../../../../charts/gradientMap/scene.ts';
import { canvasPen } from './canvasPen.ts';
import { pageFont } from './pageFont.ts';
import { paintCells, type Texture } from './paintCells.ts';

/** Paints the scene whenever it changes, at most once a frame; gives the size of the element that the canvas fills. */
export function useMapCanvas(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  scene: (size: { readonly width: number; readonly height: number }) => MapScene,
  texture: Texture,
) {
  const size = shallowRef({ width: 0, height: 0 });
  let frame = 0;

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    const context = canvas.value?.getContext('2d');
    const { width, height } = size.value;
    if (!canvas.value || !context || width < 1 || height < 1) return;
    const ratio = window.devicePixelRatio;
    canvas.value.width = Math.round(width * ratio);
    canvas.value.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    const shown = scene(size.value);
    const plot = mapPlot(shown);
    context.fillStyle = shown.theme.surface;
    context.fillRect(0, 0, width, height);
    paintCells(context, shown, plot, texture, ratio);
    const pen = canvasPen(context, shown.theme);
    paintScales(pen, shown, plot);
    paintMarks(pen, shown, plot);
  }

  useResizeObserver(canvas, ([entry]) => {
    if (entry !== undefined) size.value = { width: entry.contentRect.width, height: entry.contentRect.height };
  });
  watch(() => scene(size.value), draw, { flush: 'post' });
  onMounted(async () => {
    await pageFont();
    draw();
  });
  onBeforeUnmount(() => cancelAnimationFrame(frame));
  return size;
}
