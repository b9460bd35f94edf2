import { decimate } from '../analysis/decimate.ts';

/** Pixels that the line keeps from the edges, so that its width is not cut. */
const MARGIN = 1;

/**
 * The `d` of an SVG path through values at equal distances, top is high. What is not finite is a gap. A flat line stands
 * in the middle; more values than pixels keep their peaks.
 */
export function sparkPath(values: ArrayLike<number>, width: number, height: number): string {
  const { steps, values: kept } = decimate(0, Float32Array.from(values), width / 2);
  const finite = kept.filter(Number.isFinite);
  if (finite.length === 0) return '';
  const low = finite.reduce((one, other) => Math.min(one, other));
  const high = finite.reduce((one, other) => Math.max(one, other));
  const across = (width - 2 * MARGIN) / Math.max(1, values.length - 1);
  const place = (value: number) =>
    high === low ? height / 2 : height - MARGIN - ((value - low) / (high - low)) * (height - 2 * MARGIN);
  let isOpen = false;
  const parts: string[] = [];
  kept.forEach((value, index) => {
    if (!Number.isFinite(value)) return (isOpen = false);
    const point = `${round(MARGIN + steps[index]! * across)} ${round(place(value))}`;
    // A value between two gaps is a dot: a line of no length with a round cap.
    const isAlone = !isOpen && !Number.isFinite(kept[index + 1] ?? NaN);
    parts.push(isOpen ? `L${point}` : isAlone ? `M${point}h0` : `M${point}`);
    return (isOpen = true);
  });
  return parts.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
