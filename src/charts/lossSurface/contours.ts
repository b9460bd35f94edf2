/**
 * Where a surface on a square grid crosses a level, as pieces of lines, four numbers each: x1, y1, x2, y2 (marching
 * squares, linear along the sides of a cell). `values` are [y][x]; a cell with a corner that is not finite has none. Of a
 * saddle, the mean of its corners says which two are joined.
 */
export function contourOf(
  values: readonly (readonly number[])[],
  coordinates: readonly number[],
  level: number,
): number[] {
  const pieces: number[] = [];
  for (let row = 0; row + 1 < coordinates.length; row += 1) {
    for (let column = 0; column + 1 < coordinates.length; column += 1) {
      const corners = CORNERS.map(([right, up]) => values[row + up]![column + right]!);
      if (!corners.every(Number.isFinite)) continue;
      const crossings = crossingsOf(corners, level).map(([side, share]): Point => {
        const [[fromRight, fromUp], [toRight, toUp]] = SIDES[side]!;
        const along = (index: number, from: number, to: number) =>
          coordinates[index + from]! + share * (coordinates[index + to]! - coordinates[index + from]!);
        return [along(column, fromRight, toRight), along(row, fromUp, toUp)];
      });
      const order = crossings.length === 4 && isSplit(corners, level) ? [3, 0, 1, 2] : [0, 1, 2, 3];
      for (let first = 0; first + 1 < crossings.length; first += 2) {
        pieces.push(...crossings[order[first]!]!, ...crossings[order[first + 1]!]!);
      }
    }
  }
  return pieces;
}

type Point = readonly [x: number, y: number];

/** Of a cell, around it. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;
const SIDES = CORNERS.map((corner, index) => [corner, CORNERS[(index + 1) % 4]!] as const);

/** The sides that the level crosses, in their order around the cell, with the share of the side up to there. */
function crossingsOf(corners: readonly number[], level: number): [side: number, share: number][] {
  return corners.flatMap((from, side): [number, number][] => {
    const to = corners[(side + 1) % 4]!;
    return from < level === to < level ? [] : [[side, (level - from) / (to - from)]];
  });
}

/** Whether the pieces of a saddle go around the first corner and the one across it, not around the other two. */
function isSplit(corners: readonly number[], level: number): boolean {
  const middle = corners.reduce((sum, corner) => sum + corner, 0) / 4;
  return middle < level !== corners[0]! < level;
}
