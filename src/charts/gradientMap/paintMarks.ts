import { columnOf, endOf } from './cells.ts';
import type { MapMark } from './marks.ts';
import type { Pen } from './pen.ts';
import type { MapPlot, MapScene } from './scene.ts';

/** A ring at each mark's layer and step, with its words beside; those outside the part that is shown are left out. */
export function paintMarks(pen: Pen, scene: MapScene, plot: MapPlot): void {
  for (const mark of scene.marks) paintMark(pen, mark, scene, plot);
}

function paintMark(pen: Pen, mark: MapMark, { map, theme }: MapScene, plot: MapPlot): void {
  const column = columnOf(map.steps, mark.step);
  const x = plot.x.toPixel((mark.step + (column < 0 ? mark.step : endOf(map, column))) / 2);
  const y = plot.y.toPixel(mark.layer + 0.5);
  const isShown = x >= plot.left && x <= plot.left + plot.width && y >= plot.top && y <= plot.top + plot.height;
  if (!isShown) return;
  pen.ring(x, y, { radius: 7, width: 4, colour: '#000000' });
  pen.ring(x, y, { radius: 7, width: 2, colour: '#ffffff' });
  const width = pen.widthOf(mark.text) + 12;
  const height = theme.fontSize + 8;
  const left = x + 12 + width > plot.left + plot.width ? x - 12 - width : x + 12;
  const top = Math.min(Math.max(y - height / 2, plot.top + 1), plot.top + plot.height - height - 1);
  pen.fill({ left, top, width, height }, theme.raised, { radius: 4 });
  pen.text(mark.text, left + 6, top + height / 2, { colour: theme.danger, align: 'left', baseline: 'middle' });
}
