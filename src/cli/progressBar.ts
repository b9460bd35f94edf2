import type { Terminal } from './terminal.ts';

/** One to eight eighths of a cell. */
const EIGHTHS = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'] as const;

/**
 * A bar of exactly `cells` cells, frame included, filled by `share` (0 to 1): to an eighth of a cell with block characters,
 * else in whole `#`. It is full only when all is done.
 */
export function progressBar(share: number, cells: number, { unicode }: Pick<Terminal, 'unicode'>): string {
  const inner = Math.max(0, cells - 2);
  const part = Math.min(1, Math.max(0, share));
  if (!unicode) return `[${'#'.repeat(Math.floor(part * inner)).padEnd(inner)}]`;
  const eighths = Math.floor(part * inner * 8);
  const rest = eighths % 8;
  const filled = '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : EIGHTHS[rest - 1]!);
  return `▕${filled.padEnd(inner)}▏`;
}
