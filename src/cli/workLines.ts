import type { WorkProgress } from '../contract/data.ts';
import type { Drawing } from './progress.ts';
import { clip } from './textWidth.ts';

/** How far some work is, in one line. */
export function workLines({ stage, done, total }: WorkProgress): Drawing {
  const count = done.toLocaleString('en');
  const share =
    total === null || total === 0 ? '' : ` of ${total.toLocaleString('en')}, ${((100 * done) / total).toFixed(0)} %`;
  return (terminal) => [clip(`${stage}: ${count}${share}`, (terminal?.columns ?? Infinity) - 1)];
}
