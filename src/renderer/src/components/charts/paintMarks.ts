import { columnOf, endOf } from '../../../../charts/gradientMap/cells.ts';
import type { MapMark } from '../../../../charts/gradientMap/marks.ts';
import type { MapPlot, MapScene } from '../../../../charts/gradientMap/scene.ts';

/** A ring at each mark's layer and step, with its words beside; those outside the part that is shown are left out. */
export function paintMarks(context: CanvasRenderingContext2D, scene: MapScene, plot: MapPlot): void {
  for (const mark of scene.marks) paintMark(context, mark, scene, plot);
}

function paintMark(context: CanvasRenderingContext2D, mark: MapMark, { map, theme }: MapScene, plot: MapPlot): void {
  const column = columnOf(map.steps, mark.step);
  const x = plot.x.toPixel((mark.step + (column < 0 ? mark.step : endOf(map, column))) / 2);
  const y = plot.y.toPixel(mark.layer + 0.5);
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
  const width = context.measureText(mark.text).width + 12;
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
  context.fillText(mark.text, left + 6, top + height / 2);
}
