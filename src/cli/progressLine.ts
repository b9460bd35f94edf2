import { epochEvaluation } from '../analysis/epochEvaluation.ts';
import { doneShare, meanImagesPerSecond, remainingMs } from '../analysis/progress.ts';
import { networkName, type NetworkVersion } from '../contract/network.ts';
import { stateWord } from '../analysis/stateWord.ts';
import type { RunRow } from '../contract/run.ts';
import { decimal, duration, percent } from './format.ts';
import { progressBar } from './progressBar.ts';
import type { Terminal } from './terminal.ts';
import { clip, textWidth } from './textWidth.ts';

/** Something that a line of progress says, and how soon it is left out where the line is short: the largest first. */
interface Part {
  readonly text: string;
  readonly rank: number;
}

const GAP = '  ';
const NAME_CELLS = 28;
const BAR_CELLS = { least: 12, most: 32 };
/** The families' colours of the window, among a terminal's 256. */
const COLOURS: Readonly<Record<NetworkVersion, number>> = { v1: 166, v2: 32 };

/** How far runs are, a line each: with a bar on a terminal, else as text. `before` stands at the start of each line. */
export function progressLines(runs: readonly RunRow[], before = ''): (terminal: Terminal | null) => string[] {
  return (terminal) => runs.map((run) => (terminal === null ? before + textLine(run) : barLine(run, terminal, before)));
}

/** How a run has ended: its state and reason, or its test accuracy. */
export function endedLine(run: RunRow): string {
  const reason = run.reason === '' ? '' : `: ${run.reason}`;
  const outcome =
    run.state === 'finished' ? `finished, test accuracy ${percent(run.testAccuracy)}` : `${stateWord(run)}${reason}`;
  return `${titleOf(run)} seed ${run.recipe.seed} ${outcome}, ${duration(run.elapsedMs)}`;
}

/** Step, epoch, percent, throughput, time left, loss, newest accuracy, for logs. */
function textLine(run: RunRow): string {
  if (run.lastStep === 0) return `${titleOf(run)}: ${stateWord(run)}`;
  const { step, epoch, share, speed, left, loss, accuracy, state } = figures(run);
  const all = [`${titleOf(run)} seed ${run.recipe.seed}`, step, epoch, share, speed, left, loss, accuracy, state];
  return all.filter((text) => text !== '').join(GAP);
}

/** The same behind a bar, in one line of the terminal: what does not fit is left out. */
export function barLine(run: RunRow, terminal: Terminal, before = ''): string {
  // The last cell stays free: some terminals wrap as soon as it is filled.
  const cells = terminal.columns - 1;
  const title = before + titleOf(run);
  if (run.lastStep === 0) return clip(`${title}: ${stateWord(run)}`, cells);
  const { step, epoch, share, speed, left, loss, accuracy, state } = figures(run);
  const bar = { text: ' '.repeat(BAR_CELLS.least), rank: 1 };
  const parts: Part[] = [
    { text: title, rank: 4 },
    bar,
    { text: share.padStart(5), rank: 0 },
    { text: state, rank: 2 },
    { text: step, rank: 5 },
    { text: epoch, rank: 7 },
    { text: speed, rank: 8 },
    { text: loss, rank: 6 },
    { text: left, rank: 3 },
    { text: accuracy, rank: 9 },
  ];
  const shown = fitting(parts, cells);
  const free = cells - widthOf(shown);
  const draw = (part: Part) =>
    part === bar ? coloured(progressBar(doneShare(run), barCells(free), terminal), run, terminal) : part.text;
  return shown.map(draw).join(GAP);
}

function barCells(free: number): number {
  return Math.min(BAR_CELLS.most, BAR_CELLS.least + free);
}

/** As many parts as fit; the one of rank 0 is shown whatever the width. */
function fitting(parts: readonly Part[], cells: number): Part[] {
  let shown = parts.filter(({ text }) => text !== '');
  while (shown.length > 1 && widthOf(shown) > cells) {
    const last = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank !== last);
  }
  return shown.map((part) => (widthOf(shown) > cells ? { ...part, text: clip(part.text, cells) } : part));
}

function widthOf(parts: readonly Part[]): number {
  return textWidth(parts.map(({ text }) => text).join(GAP));
}

function coloured(text: string, { network }: RunRow, { colours }: Terminal): string {
  return colours ? `\u001b[38;5;${COLOURS[network.version]}m${text}\u001b[39m` : text;
}

function figures(run: RunRow) {
  const { title, accuracy } = epochEvaluation(run.recipe);
  const leftMs = remainingMs(run);
  const imagesPerSecond = meanImagesPerSecond(run);
  const epochs = run.stepsPerEpoch > 0 ? Math.ceil(run.totalSteps / run.stepsPerEpoch) : 1;
  const epoch = run.stepsPerEpoch > 0 ? Math.ceil(run.lastStep / run.stepsPerEpoch) : 1;
  return {
    step: `step ${run.lastStep}/${run.totalSteps}`,
    epoch: `epoch ${epoch}/${epochs}`,
    // Rounded down: 100 % is all of it.
    share: `${Math.floor(100 * doneShare(run))} %`,
    speed: imagesPerSecond === null ? '' : `${imagesPerSecond.toFixed(0)} images/s`,
    left: leftMs === null ? '' : `${duration(leftMs)} left`,
    loss: `loss ${decimal(run.trainLoss)}`,
    accuracy: run[accuracy] === null ? '' : `${title.toLowerCase()} accuracy ${percent(run[accuracy])}`,
    state: run.state === 'running' ? '' : stateWord(run),
  };
}

function titleOf(run: RunRow): string {
  return `run ${run.id} ${clip(networkName(run.network), NAME_CELLS)}`;
}
