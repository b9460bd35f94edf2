/** SQL expressions: the places behind and before all waiting runs. */
const place = (edge: 'max' | 'min', step: 1 | -1) =>
  `(SELECT coalesce(${edge}(queue_position), 0) + (${step}) FROM runs WHERE state = 'queued')`;

export const QUEUE_END = place('max', 1);
export const QUEUE_START = place('min', -1);
