import { readFileSync } from 'node:fs';
import { STEP_SERIES } from '../../src/contract/frames.ts';
import type { FromTrainer, PauseWay, ToTrainer } from '../../src/contract/trainer.ts';
import { decodeHeader } from '../../src/data/files/safetensorsHeader.ts';
import { confirm, only, type TrainingOptions } from './training.ts';

/** Where the data of a safetensors file begins. */
const dataOf = (file: string) => {
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE());
  decodeHeader(bytes.subarray(8, start), bytes.length - start, (what) => {
    throw new Error(what);
  });
  return bytes.subarray(start);
};

/** Everything that a run reports of its steps and epochs, durations aside, and the state that it ends with. */
export function resultOf(messages: readonly FromTrainer[]) {
  const timeless = STEP_SERIES.map((_, column) => column).filter((column) => STEP_SERIES[column] !== 'stepMs');
  const steps = new Map<number, number[]>();
  for (const { frame } of only(messages, 'steps')) {
    const layers = frame.norms.length / frame.count;
    for (let row = 0; row < frame.count; row += 1) {
      const series = timeless.map((column) => frame.series[row * STEP_SERIES.length + column]!);
      steps.set(frame.firstStep + row, [...series, ...frame.norms.subarray(row * layers, (row + 1) * layers)]);
    }
  }
  const observations = only(messages, 'steps').flatMap(({ frame: { observations: observed } }) =>
    observed
      ? Array.from(observed.steps, (step, index) => {
          const width = observed.values.length / observed.steps.length;
          return [step, [...observed.values.subarray(index * width, (index + 1) * width)]] as const;
        })
      : [],
  );
  const epochs = only(messages, 'epoch').map(({ result: { elapsedMs: _, ...result } }) => result);
  const last = only(messages, 'checkpoint').at(-1)!;
  return {
    steps: [...steps].sort(([one], [other]) => one - other),
    observations: [...new Map(observations)].sort(([one], [other]) => one - other),
    epochs,
    state: dataOf(last.file).toString('base64'),
  };
}

/** Pauses after exactly this step, or before the first; what rests in memory goes on at once. */
export function pausingAfter(after: number, way: PauseWay): Pick<TrainingOptions, 'answer' | 'prepared'> {
  let send: (message: ToTrainer) => void = () => undefined;
  let made = 0;
  const counted =
    <Given extends unknown[], Step>(step: (...given: Given) => Step) =>
    (...given: Given) => {
      made += 1;
      if (made === after) send({ type: 'pause', way });
      return step(...given);
    };
  return {
    answer: (message, answer) => {
      confirm(message, answer);
      send = answer;
      if (message.type === 'ready' && after === 0) send({ type: 'pause', way });
      if (message.type === 'held') send({ type: 'continue' });
    },
    prepared: (run) => ({
      ...run,
      session: {
        ...run.session,
        step: counted(run.session.step),
        observedStep: counted(run.session.observedStep),
      },
    }),
  };
}
