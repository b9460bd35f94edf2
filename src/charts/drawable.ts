/** What a line can show: a log axis has no place for 0 and below, no axis one for infinities. They become gaps. */
export function drawable(values: Float64Array, log: boolean): Float64Array {
  return values.map((value) => (Number.isFinite(value) && (!log || value > 0) ? value : NaN));
}
