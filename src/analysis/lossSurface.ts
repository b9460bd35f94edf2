import type { LossSurface } from '../contract/lossSurface.ts';
import type { CsvCell } from './tables/csv.ts';

/** Loss and accuracy of the checkpoint itself, at the centre of the grid. */
export function centreOf({ coordinates, loss, accuracy }: LossSurface): { loss: number; accuracy: number } {
  const middle = (coordinates.length - 1) / 2;
  return { loss: loss[middle]![middle]!, accuracy: accuracy[middle]![middle]! };
}

/** The least and the largest loss that is finite, over all of the surfaces; null where there is none. */
export function rangeOfLosses(surfaces: readonly Pick<LossSurface, 'loss'>[]): [number, number] | null {
  let [least, most] = [Infinity, -Infinity];
  for (const { loss } of surfaces) {
    for (const value of loss.flat()) {
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return least <= most ? [least, most] : null;
}

/** Every point of the surfaces, a row each, for people and for CSV. */
export function lossSurfaceTable(surfaces: readonly { readonly runId: number; readonly surface: LossSurface }[]): {
  heads: string[];
  rows: CsvCell[][];
} {
  return {
    heads: ['Run', 'Network', 'Step', 'Images', 'Part', 'Seed', 'x', 'y', 'Loss', 'Accuracy'],
    rows: surfaces.flatMap(({ runId, surface }) => {
      const { network, step, images, part, seed, coordinates, loss, accuracy } = surface;
      return coordinates.flatMap((y, row) =>
        coordinates.map((x, column) => [
          runId,
          network,
          step,
          images,
          part,
          seed,
          x,
          y,
          loss[row]![column]!,
          accuracy[row]![column]!,
        ]),
      );
    }),
  };
}
