import { terminalOf, type Terminal } from './terminal.ts';

/** Without a terminal, milliseconds between two looks at progress: frequent at first, then seldom. */
const FIRST_INTERVAL_MS = 250;
const LAST_INTERVAL_MS = 10_000;
const REDRAW_MS = 80;

/** Draws what is to be seen now: lines that each fit the terminal, or plain ones where there is none. */
export type Drawing = (terminal: Terminal | null) => readonly string[];

export interface Progress {
  /** Replaces the live lines; without a terminal, writes lines now and then. */
  show(drawing: Drawing): void;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Removes the live lines. */
  end(): void;
}

/** Progress on stderr: live lines on a terminal, else lines every few seconds. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return terminalOf(stream) === null ? loggedProgress(stream) : liveProgress(stream);
}

function loggedProgress(stream: NodeJS.WriteStream): Progress {
  let shownAt = -Infinity;
  let interval = FIRST_INTERVAL_MS;
  return {
    show(drawing) {
      const now = performance.now();
      if (now - shownAt < interval) return;
      const lines = drawing(null);
      if (lines.length === 0) return;
      shownAt = now;
      interval = Math.min(2 * interval, LAST_INTERVAL_MS);
      stream.write(`${lines.join('\n')}\n`);
    },
    say: (line) => void stream.write(`${line}\n`),
    end: () => undefined,
  };
}

function liveProgress(stream: NodeJS.WriteStream): Progress {
  let drawing: Drawing | null = null;
  let drawnAt = -Infinity;
  let lines = 0;
  let timer: NodeJS.Timeout | undefined;
  /** To the start of the first live line, and away with all below. */
  const cleared = () => {
    if (lines === 0) return '';
    const up = lines > 1 ? `\u001b[${lines - 1}A` : '';
    lines = 0;
    return `\r${up}\u001b[J`;
  };
  const draw = (before = '') => {
    clearTimeout(timer);
    timer = undefined;
    drawnAt = performance.now();
    const terminal = terminalOf(stream);
    const shown = drawing?.(terminal).slice(0, Math.max(1, (terminal?.rows ?? 2) - 1)) ?? [];
    const text = cleared() + before + shown.join('\n');
    lines = shown.length;
    if (text !== '') stream.write(text);
  };
  return {
    show(next) {
      drawing = next;
      const wait = REDRAW_MS - (performance.now() - drawnAt);
      if (wait <= 0) draw();
      else timer ??= setTimeout(draw, wait).unref();
    },
    say: (line) => draw(`${line}\n`),
    end() {
      drawing = null;
      draw();
    },
  };
}
