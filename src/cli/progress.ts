/** Without a terminal, milliseconds between two lines of progress: frequent at first, then seldom. */
const FIRST_INTERVAL_MS = 250;
const LAST_INTERVAL_MS = 10_000;
const REDRAW_MS = 80;

export interface Progress {
  /** Replaces the live line; without a terminal, writes a line now and then. */
  update(line: string): void;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Removes the live line. */
  end(): void;
}

/** Progress on stderr: one live line on a terminal, else a line every few seconds. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shownAt = -Infinity;
  let live = false;
  let interval = stream.isTTY ? REDRAW_MS : FIRST_INTERVAL_MS;
  const clear = () => {
    if (live) stream.write('\r\u001b[2K');
    live = false;
  };
  return {
    update(line) {
      const now = performance.now();
      if (now - shownAt < interval) return;
      shownAt = now;
      if (!stream.isTTY) {
        interval = Math.min(2 * interval, LAST_INTERVAL_MS);
        return void stream.write(`${line}\n`);
      }
      clear();
      stream.write(line.slice(0, Math.max(20, stream.columns - 1)));
      live = true;
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}
