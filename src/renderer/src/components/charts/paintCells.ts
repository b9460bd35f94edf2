import { columnOf, endOf } from '../../../../charts/gradientMap/cells.ts';
import { reduction } from '../../../../charts/gradientMap/reduce.ts';
import type { MapPlot, MapScene } from '../../../../charts/gradientMap/scene.ts';

/** Columns are drawn in so many pieces: each begins and ends at its very step, though columns differ by a step. */
const PIECES = 64;

/** The map as an image, `byColumns` x `byLayers` cells a pixel. */
export type Texture = (byColumns: number, byLayers: number) => CanvasImageSource;

/** Draws the visible part of the map. `ratio` is the screen's pixels to one of the page. */
export function paintCells(
  context: CanvasRenderingContext2D,
  { map, view }: MapScene,
  plot: MapPlot,
  texture: Texture,
  ratio: number,
): void {
  const firstColumn = Math.max(0, columnOf(map.steps, view.x.min));
  const lastColumn = columnOf(map.steps, view.x.max);
  const firstLayer = Math.max(0, Math.floor(view.y.max));
  const layers = Math.min(map.layers.length, Math.ceil(view.y.min)) - firstLayer;
  if (lastColumn < firstColumn || layers < 1) return;
  const byColumns = reduction(lastColumn - firstColumn + 1, plot.width * ratio);
  const byLayers = reduction(layers, plot.height * ratio);
  const image = texture(byColumns, byLayers);
  const fromRow = Math.floor(firstLayer / byLayers);
  const rows = Math.ceil((firstLayer + layers) / byLayers) - fromRow;
  const top = plot.y.toPixel(fromRow * byLayers);
  const height = plot.y.toPixel((fromRow + rows) * byLayers) - top;
  const from = Math.floor(firstColumn / byColumns);
  const to = Math.floor(lastColumn / byColumns) + 1;
  const stride = isEven(map.steps) ? Math.ceil((to - from) / PIECES) : 1;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.imageSmoothingEnabled = false;
  for (let column = from; column < to; column += stride) {
    const count = Math.min(stride, to - column);
    const last = Math.min(map.steps.length, (column + count) * byColumns) - 1;
    // Whole pixels of the screen: pieces that shared one would let the ground shine through.
    const left = Math.round(plot.x.toPixel(map.steps[column * byColumns]!) * ratio) / ratio;
    const right = Math.round(plot.x.toPixel(endOf(map, last)) * ratio) / ratio;
    context.drawImage(image, column, fromRow, count, rows, left, top, right - left, height);
  }
  context.restore();
}

/** Whether all columns but the last have the same width; where they do not, a piece of several would shift them. */
function isEven(steps: Float64Array): boolean {
  const width = steps[1]! - steps[0]!;
  return steps.every((step, column) => column === 0 || width === step - steps[column - 1]!);
}
