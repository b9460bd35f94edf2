export type Range = readonly [number, number];

/** The range of all finite numbers, only those above 0 for a log axis; null where there is none. */
export function rangeOf(lists: Iterable<Iterable<number>>, log = false): Range | null {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** The round step, 1, 2 or 5 times a power of ten, that divides a span into about `parts`. */
export function roundStep(span: number, parts = 5): number {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

/** Widens a range to whole steps, so that the axis ends on a tick. */
export function roundRange([low, high]: Range, parts = 5): { min: number; max: number; interval: number } {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const interval = roundStep(span, parts);
  const min = Math.floor(low / interval + 1e-9) * interval;
  const max = Math.ceil(high / interval - 1e-9) * interval;
  return { min: clean(min), max: clean(max > min ? max : min + interval), interval: clean(interval) };
}

/** A range for a log axis with a little air, 4 % of its length at both ends and at least a factor of 1.5 in all. */
export function logRange([low, high]: Range): Range {
  const decades = Math.max(Math.log10(high / low), Math.log10(1.5));
  const middle = (Math.log10(low) + Math.log10(high)) / 2;
  return [clean(10 ** (middle - 0.54 * decades)), clean(10 ** (middle + 0.54 * decades))];
}

/** Ticks of a log axis: powers of ten, joined by 2 and 5 within three decades, by round steps within one. */
export function logTicks([low, high]: Range): number[] {
  const decades = Math.log10(high / low);
  if (decades <= 0.9) return linearTicks([low, high]);
  const mantissas = decades <= 3 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / 8));
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent += 1) {
    if (exponent % stride !== 0) continue;
    ticks.push(...mantissas.map((mantissa) => clean(mantissa * 10 ** exponent)));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Round numbers within a range. */
export function linearTicks([low, high]: Range, parts = 5): number[] {
  const step = roundStep(high - low, parts);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => clean((first + index) * step));
}

/** Without the last digits that repeated addition leaves: 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
