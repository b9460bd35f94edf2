import { QUANTITY_FACTS } from '../../analysis/layerQuantities.ts';
import { stagesOf, stageTitle } from '../stages.ts';
import { tickLabel } from '../tickLabel.ts';
import { linearTicks } from '../ticks.ts';
import { marksOf } from './cells.ts';
import { NOT_FINITE_COLOUR, scaleColour, ZERO_COLOUR } from './colours.ts';
import { placeOnScale, scaleTicks } from './normScale.ts';
import type { Pen } from './pen.ts';
import type { MapPlot, MapScene } from './scene.ts';

/** Colours of the bar from its top to its foot; between them the eye sees no difference to the scale's own. */
const BAR_COLOURS = Array.from({ length: 33 }, (_, index) => scaleColour(1 - index / 32));

/** Everything around the cells: stages, steps, the colour bar with its numbers, the marks outside the scale. */
export function paintScales(pen: Pen, scene: MapScene, plot: MapPlot): void {
  paintStages(pen, scene, plot);
  paintSteps(pen, scene, plot);
  paintColourBar(pen, scene, plot);
  paintOutsiders(pen, scene, plot);
  const { left, top, width, height } = plot;
  pen.outline({ left: left - 0.5, top: top - 0.5, width: width + 1, height: height + 1 }, scene.theme.border);
}

/** A line where a stage begins, its name at the left where there is room. */
function paintStages(pen: Pen, { map, theme }: MapScene, plot: MapPlot): void {
  const bottom = plot.top + plot.height;
  for (const { name, from, to } of stagesOf(map.layers)) {
    const top = Math.max(plot.top, plot.y.toPixel(from));
    const end = Math.min(bottom, plot.y.toPixel(to));
    if (end <= top) continue;
    if (from > 0 && top > plot.top) {
      const line = { top: Math.round(top), height: 1 };
      pen.fill({ ...line, left: plot.left - 8, width: 8 }, theme.muted);
      pen.fill({ ...line, left: plot.left, width: plot.width }, '#ffffff', { opacity: 0.55 });
    }
    if (end - top < theme.fontSize + 2) continue;
    const look = { colour: theme.muted, align: 'right', baseline: 'middle' } as const;
    pen.text(stageTitle(name), plot.left - 10, (top + end) / 2, look);
  }
}

function paintSteps(pen: Pen, { view, theme }: MapScene, plot: MapPlot): void {
  const below = plot.top + plot.height;
  const look = { colour: theme.muted, align: 'center', baseline: 'top' } as const;
  const parts = Math.max(2, Math.floor(plot.width / 90));
  for (const tick of linearTicks([view.x.min, view.x.max], parts).filter(Number.isInteger)) {
    const x = Math.round(plot.x.toPixel(tick));
    pen.fill({ left: x, top: below, width: 1, height: 4 }, theme.muted);
    pen.text(tickLabel(tick), x, below + 7, look);
  }
  pen.text('Step', plot.left + plot.width / 2, below + 26, look);
}

function paintColourBar(pen: Pen, { quantity, scale, theme }: MapScene, plot: MapPlot): void {
  const { top, height } = plot;
  const left = plot.left + plot.width + 16;
  pen.ramp({ left, top, width: 10, height }, BAR_COLOURS);
  for (const tick of scaleTicks(scale)) {
    const y = top + (1 - placeOnScale(tick, scale)) * height;
    const inside = Math.min(top + height - 5, Math.max(top + 5, y));
    const line = { left: left + 10, top: Math.round(Math.min(y, top + height - 1)), width: 4, height: 1 };
    pen.fill(line, theme.muted);
    const text = scale.isLog ? tickLabel(tick) : `${tickLabel(tick * 100)} %`;
    pen.text(text, left + 18, inside, { colour: theme.muted, align: 'left', baseline: 'middle' });
  }
  const look = { colour: theme.muted, align: 'center', baseline: 'middle', isUpward: true } as const;
  pen.text(QUANTITY_FACTS[quantity].title, plot.left + plot.width + 82, top + height / 2, look);
}

/** The colours outside the scale, where the map has them. */
function paintOutsiders(pen: Pen, { map, scale, theme }: MapScene, plot: MapPlot): void {
  const { hasZero, hasNotFinite } = marksOf(map.values);
  const outsiders = [
    ...(hasNotFinite ? [{ colour: NOT_FINITE_COLOUR, text: 'NaN or ∞' }] : []),
    ...(hasZero && scale.isLog ? [{ colour: ZERO_COLOUR, text: '0' }] : []),
  ];
  outsiders.forEach(({ colour, text }, index) => {
    const [left, middle] = [plot.left + plot.width + 16, plot.top + plot.height + 15 + 15 * index];
    pen.fill({ left, top: middle - 5, width: 10, height: 10 }, colour);
    pen.text(text, left + 18, middle, { colour: theme.muted, align: 'left', baseline: 'middle' });
  });
}
