import type { GradientHealth } from '../../../../analysis/gradientHealth.ts';
import { columnOf, endOf } from './cells.ts';
import type { MapPlot, MapScene } from './scene.ts';

const WORDS: Readonly<Record<GradientHealth['verdict'], string>> = {
  unknown: '',
  healthy: '',
  vanishing: 'Vanishing',
  exploding: 'Exploding',
  'not-finite': 'Not finite',
};

/** A ring at the layer and step that the verdict is about, with its word beside. Nothing where it is about none. */
export function paintVerdict(context: CanvasRenderingContext2D, scene: MapScene, plot: MapPlot): void {
  const { map, health, theme } = scene;
  if (health?.layer == null || health.step == null) return;
  const column = columnOf(map.steps, health.step);
  const x = plot.x.toPixel((health.step + (column < 0 ? health.step : endOf(map, column))) / 2);
  const y = plot.y.toPixel(health.layer + 0.5);
  const isShown = x >= plot.left && x <= plot.left + plot.width && y >= plot.top && y <= plot.top + plot.height;
  if (!isShown) return;
  for (const { colour, width } of [
    { colour: '#000000', width: 4 },
    { colour: '#ffffff', width: 2 },
  ]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.stroke();
  }
  const word = WORDS[health.verdict];
  const width = context.measureText(word).width + 12;
  const height = theme.fontSize + 8;
  const left = x + 12 + width > plot.left + plot.width ? x - 12 - width : x + 12;
  const top = Math.min(Math.max(y - height / 2, plot.top + 1), plot.top + plot.height - height - 1);
  context.fillStyle = theme.raised;
  context.beginPath();
  context.roundRect(left, top, width, height, 4);
  context.fill();
  context.fillStyle = theme.danger;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(word, left + 6, top + height / 2);
}
