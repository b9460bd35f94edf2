import { QUANTITY_FACTS } from '../../../../analysis/layerQuantities.ts';
import { linearTicks } from '../../../../charts/ticks.ts';
import { tickLabel } from '../../../../charts/tickLabel.ts';
import { stagesOf, stageTitle } from '../../../../charts/stages.ts';
import { marksOf } from '../../../../charts/gradientMap/cells.ts';
import { NOT_FINITE_COLOUR, scaleColour, ZERO_COLOUR } from '../../../../charts/gradientMap/colours.ts';
import { placeOnScale, scaleTicks } from '../../../../charts/gradientMap/normScale.ts';
import type { MapPlot, MapScene } from '../../../../charts/gradientMap/scene.ts';

type Context = CanvasRenderingContext2D;

/** Everything around the cells: stages, steps, the colour bar with its numbers, the marks outside the scale. */
export function paintScales(context: Context, scene: MapScene, plot: MapPlot): void {
  const { theme } = scene;
  context.font = `${theme.fontSize}px ${theme.fontFamily}`;
  context.lineWidth = 1;
  paintStages(context, scene, plot);
  paintSteps(context, scene, plot);
  paintColourBar(context, scene, plot);
  paintMarks(context, scene, plot);
  context.strokeStyle = theme.border;
  context.strokeRect(plot.left - 0.5, plot.top - 0.5, plot.width + 1, plot.height + 1);
}

/** A line where a stage begins, its name at the left where there is room. */
function paintStages(context: Context, { map, theme }: MapScene, plot: MapPlot): void {
  const bottom = plot.top + plot.height;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { name, from, to } of stagesOf(map.layers)) {
    const top = Math.max(plot.top, plot.y.toPixel(from));
    const end = Math.min(bottom, plot.y.toPixel(to));
    if (end <= top) continue;
    if (from > 0 && top > plot.top) {
      context.fillStyle = theme.muted;
      context.fillRect(plot.left - 8, Math.round(top), 8, 1);
      context.fillStyle = 'rgb(255 255 255 / 0.55)';
      context.fillRect(plot.left, Math.round(top), plot.width, 1);
    }
    if (end - top < theme.fontSize + 2) continue;
    context.fillStyle = theme.muted;
    context.fillText(stageTitle(name), plot.left - 10, (top + end) / 2);
  }
}

function paintSteps(context: Context, { view, theme }: MapScene, plot: MapPlot): void {
  const below = plot.top + plot.height;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = theme.muted;
  const parts = Math.max(2, Math.floor(plot.width / 90));
  for (const tick of linearTicks([view.x.min, view.x.max], parts).filter(Number.isInteger)) {
    const x = Math.round(plot.x.toPixel(tick));
    context.fillRect(x, below, 1, 4);
    context.fillText(tickLabel(tick), x, below + 7);
  }
  context.fillText('Step', plot.left + plot.width / 2, below + 26);
}

function paintColourBar(context: Context, { quantity, scale, theme }: MapScene, plot: MapPlot): void {
  const left = plot.left + plot.width + 16;
  for (let pixel = 0; pixel < plot.height; pixel += 1) {
    context.fillStyle = scaleColour(1 - pixel / (plot.height - 1));
    context.fillRect(left, plot.top + pixel, 10, 1);
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (const tick of scaleTicks(scale)) {
    const y = plot.top + (1 - placeOnScale(tick, scale)) * plot.height;
    const inside = Math.min(plot.top + plot.height - 5, Math.max(plot.top + 5, y));
    context.fillRect(left + 10, Math.round(Math.min(y, plot.top + plot.height - 1)), 4, 1);
    context.fillText(scale.isLog ? tickLabel(tick) : `${tickLabel(tick * 100)} %`, left + 18, inside);
  }
  context.save();
  context.translate(plot.left + plot.width + 82, plot.top + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.fillText(QUANTITY_FACTS[quantity].title, 0, 0);
  context.restore();
}

/** The colours outside the scale, where the map has them. */
function paintMarks(context: Context, { map, scale, theme }: MapScene, plot: MapPlot): void {
  const { hasZero, hasNotFinite } = marksOf(map.values);
  const marks = [
    ...(hasNotFinite ? [{ colour: NOT_FINITE_COLOUR, text: 'NaN or ∞' }] : []),
    ...(hasZero && scale.isLog ? [{ colour: ZERO_COLOUR, text: '0' }] : []),
  ];
  marks.forEach(({ colour, text }, index) => {
    const [left, middle] = [plot.left + plot.width + 16, plot.top + plot.height + 15 + 15 * index];
    context.fillStyle = colour;
    context.fillRect(left, middle - 5, 10, 10);
    context.fillStyle = theme.muted;
    context.textAlign = 'left';
    context.fillText(text, left + 18, middle);
  });
}
