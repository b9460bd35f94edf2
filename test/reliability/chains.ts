import { join } from 'node:path';
import { UserError } from '../../src/contract/errors.ts';
import { STEP_SERIES, type StepFrame } from '../../src/contract/frames.ts';
import { openStore } from '../../src/store/open.ts';
import { frame, newRun, seriesValue } from '../../src/store/records.fixture.ts';
import type { Store } from '../../src/store/store.ts';
import { createRandom, type Random } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withMemoryFolder } from './scratch.ts';

const ATTEMPTS = 10;
const LAYERS = ['stem', 'head'];
const READY = { layers: LAYERS, parameters: 1, totalSteps: 100_000, stepsPerEpoch: 100, environment: [] };

interface Message {
  readonly attempt: number;
  readonly frame: StepFrame;
}

interface Chain {
  readonly wrong: string[];
  readonly refused: number;
  readonly repeated: number;
  readonly stale: number;
}

/** What an attempt sends: its frames from the checkpoint on, some twice, some swapped, some held back until a later attempt. */
function disordered(attempt: number, from: number, random: Random): { now: Message[]; late: Message[] } {
  const sent: Message[] = [];
  const frames = 2 + random.below(6);
  for (let [first, index] = [from + 1, 0]; index < frames; index += 1) {
    const count = 1 + random.below(40);
    sent.push({ attempt, frame: staleMark(frame(first, count, LAYERS.length), attempt) });
    first += count;
  }
  const now = sent.flatMap((message) => (random.fraction() < 0.3 ? [message, message] : [message]));
  for (let swaps = random.below(3); swaps > 0 && now.length > 1; swaps -= 1) {
    const at = random.below(now.length - 1);
    [now[at], now[at + 1]] = [now[at + 1]!, now[at]!];
  }
  return { now, late: sent.filter(() => random.fraction() < 0.3) };
}

/** Durations are the one series that may differ between attempts: they tell whose a step is. */
function staleMark(given: StepFrame, attempt: number): StepFrame {
  const column = STEP_SERIES.indexOf('stepMs');
  const series = given.series.map((value, index) => (index % STEP_SERIES.length === column ? attempt : value));
  return { ...given, series };
}

/**
 * A run that dies ten times, while messages come twice, out of order, and late from attempts that are over. `knowsAttempts`: each
 * message is judged by the attempt that sent it.
 */
function dieTenTimes(store: Store, random: Random, knowsAttempts: boolean): Chain {
  const { id } = store.runs.create(newRun());
  const wrong: string[] = [];
  const owners = new Map<number, number>();
  let late: Message[] = [];
  let [refused, repeated, stale] = [0, 0, 0];
  const deliver = (message: Message, current: number) => {
    const before = store.runs.get(id).lastStep;
    const { firstStep, count } = message.frame;
    try {
      const answer = store.steps.append(id, knowsAttempts ? message.attempt : current, message.frame, firstStep);
      if (answer.repeated) repeated += 1;
      else for (let step = before + 1; step <= answer.lastStep; step += 1) owners.set(step, message.attempt);
      if (message.attempt !== current)
        wrong.push(`run ${id}: attempt ${message.attempt} was heard after ${current} began`);
      else if (!answer.repeated && firstStep !== before + 1)
        wrong.push(`run ${id}: step ${firstStep} followed ${before}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused += 1;
      if (message.attempt !== current) stale += 1;
      if (store.runs.get(id).lastStep !== before) wrong.push(`run ${id}: a refusal changed it`);
      const isNext = message.attempt === current && firstStep === before + 1;
      if (isNext) wrong.push(`run ${id}: step ${firstStep} was refused after ${before}: ${error.message} (${count})`);
    }
  };
  for (let turn = 1; turn <= ATTEMPTS; turn += 1) {
    const attempt = store.runs.startAttempt(id);
    store.runs.markReady(id, attempt, READY);
    const start = random.below(store.runs.get(id).lastStep + 1);
    if (turn > 1) store.runs.goBack(id, attempt, { step: start, text: '', cause: 'resume' });
    const messages = disordered(attempt, turn > 1 ? start : 0, random);
    const [early, rest] = [late.filter(() => random.fraction() < 0.5), messages.now];
    for (const message of [...early, ...rest, ...late]) deliver(message, attempt);
    late = [...late, ...messages.late];
    store.runs.markInterrupted('It died');
    if (turn < ATTEMPTS) store.runs.requestResume(id);
  }
  return { wrong: [...wrong, ...checkSteps(store, id, owners)], refused, repeated, stale };
}

/** One row a step in every series, from 1 on, each of the attempt that it was accepted from. */
function checkSteps(store: Store, id: number, owners: ReadonlyMap<number, number>): string[] {
  const { lastStep } = store.runs.get(id);
  const wrong = STEP_SERIES.flatMap((series, column) => {
    const { firstStep, values } = store.steps.readSeries(id, series);
    const expected = (step: number) => (series === 'stepMs' ? owners.get(step) : seriesValue(step, column));
    const right = values.length === lastStep && values.every((value, index) => value === expected(index + 1));
    return firstStep === 1 && right ? [] : [`run ${id}: ${series} is not one row a step`];
  });
  const warning = store.events.list(id).find(({ kind }) => kind === 'warning');
  if (warning) wrong.push(`run ${id}: ${warning.text}`);
  if (store.steps.verify(id).length > 0) wrong.push(`run ${id}: a segment does not have its hash`);
  return wrong;
}

async function runChains({ trials: chains, seed }: Effort, knowsAttempts: boolean): Promise<Trials> {
  const random = createRandom(seed);
  return withMemoryFolder((folder) => {
    const store = openStore(join(folder, 'depthlab.db'));
    const results = Array.from({ length: chains }, () => dieTenTimes(store, random, knowsAttempts));
    store.close();
    const sum = (of: (chain: Chain) => number) => results.reduce((total, chain) => total + of(chain), 0);
    return {
      trials: chains,
      broken: results.flatMap(({ wrong }) => wrong),
      figures: [
        `${chains * ATTEMPTS} deaths`,
        `${sum(({ refused }) => refused)} messages refused, ${sum(({ stale }) => stale)} of them of attempts that were over`,
        `${sum(({ repeated }) => repeated)} confirmed again`,
      ],
    };
  });
}

export const chains: ReliabilityTest = {
  name: 'chains',
  promise: 'each step exactly once over ten deaths, whatever messages come twice, out of order, or late',
  counts: { short: 50, long: 500 },
  control: {
    what: 'a store that does not know which attempt a message is of',
    trials: 20,
    run: (effort) => runChains(effort, false),
  },
  run: (effort) => runChains(effort, true),
};
