import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const LAYERS: readonly string[] = ['stem', 'stage1/conv', 'head'];

/** What a writer does; the defaults are what Depthlab does, the others are what must be found out. */
export interface WriterOptions {
  /** It ends by itself after so many steps. */
  readonly steps: number;
  /** How it ends then: as a stopped run, or dead. */
  readonly dies: boolean;
  /** A run that has more is followed by another one. */
  readonly maxSteps: number;
  readonly framesPerCheckpoint: number;
  readonly checkpointBytes: number;
  readonly synchronous: 'FULL' | 'NORMAL' | 'OFF';
  /** Says that steps are confirmed before they are in the file. */
  readonly confirmsEarly: boolean;
  /** Goes on and confirms when the disk refuses. */
  readonly ignoresErrors: boolean;
  readonly unsyncedCheckpoints: boolean;
}

export const WRITER_DEFAULTS: WriterOptions = {
  steps: Infinity,
  dies: false,
  maxSteps: 3000,
  framesPerCheckpoint: 12,
  checkpointBytes: 2 ** 20,
  synchronous: 'FULL',
  confirmsEarly: false,
  ignoresErrors: false,
  unsyncedCheckpoints: false,
};

/** The command that starts a writer. */
export function writerCommand(file: string, options: Partial<WriterOptions>): string[] {
  const all = { ...WRITER_DEFAULTS, ...options };
  // JSON has no infinity.
  const text = JSON.stringify({ ...all, steps: Math.min(all.steps, Number.MAX_SAFE_INTEGER) });
  return [process.execPath, join(import.meta.dirname, 'writer.ts'), file, text];
}

/** What a writer said of one run. */
export interface Confirmed {
  /** The last step that it confirmed; -1 before it was ready. */
  step: number;
  /** The step of its newest recorded checkpoint; 0 before the first. */
  checkpoint: number;
}

/** What writers have confirmed, by run. */
export type Ledger = Map<number, Confirmed>;

/** Enters a line of a writer's output. */
export function enter(ledger: Ledger, line: string): void {
  const [word, id, step] = line.split(' ');
  if (word !== 'confirmed' && word !== 'checkpoint') return;
  const run = ledger.get(Number(id)) ?? { step: -1, checkpoint: 0 };
  if (word === 'confirmed') run.step = Math.max(run.step, Number(step));
  else run.checkpoint = Number(step);
  ledger.set(Number(id), run);
}

/** Starts a writer, or a program with a writer as its argument; each of its lines is entered and given to `onLine`. */
export function startWriter(
  [program, ...words]: readonly string[],
  ledger: Ledger,
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
): Promise<{ code: number | null; signal: string | null }> {
  const child = spawn(program!, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    enter(ledger, line);
    onLine(line, child);
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
}
