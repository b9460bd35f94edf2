import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCheckpoint, decodeCheckpoint } from '../../src/trainer/checkpoint/checkpoint.ts';
import type { TrainingState } from '../../src/engine/program.ts';
import { initialState } from '../../src/nets/initialise.ts';
import { openResume } from '../../src/trainer/resume.ts';
import { writeWhole } from '../../src/trainer/checkpoint/writeFile.ts';
import { smallProgram } from '../oracle/programs.ts';
import { DAMAGES, damaged } from './damage.ts';
import { createRandom } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withMemoryFolder } from './scratch.ts';

/** Damages the newest of two checkpoints again and again; a run must name it and go on from the one before. */
async function damageCheckpoints({ trials, seed }: Effort, checksHash: boolean): Promise<Trials> {
  const random = createRandom(seed);
  const program = smallProgram();
  const states = [initialState(program, 1), initialState(program, 2)] as const;
  const parts = (state: TrainingState, step: number) =>
    encodeCheckpoint(program, state, { run: 1, attempt: 1, step, epoch: 1, seed, network: 'V2-8', data: 'digits' });
  return withMemoryFolder((folder) => {
    const [older, newer] = states.map((state, index) => ({
      step: index + 1,
      ...writeWhole(folder, `step-${index + 1}.safetensors`, parts(state, index + 1)),
    }));
    const whole = Buffer.concat(parts(states[1], 2));
    const broken: string[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const how = DAMAGES[trial % DAMAGES.length]!;
      const bytes = damaged(whole, how, random);
      writeFileSync(join(folder, 'step-2.safetensors'), bytes);
      if (!checksHash) {
        if (isAccepted(() => decodeCheckpoint(bytes, program, newer!.file))) broken.push(`${how}: accepted`);
        continue;
      }
      const resume = { checkpoints: [newer!, older!], elapsedMs: 0, isFork: false };
      const { step, state, text } = openResume(resume, program, () => initialState(program, 3));
      const isOlder = Buffer.from(state.parameters.buffer).equals(Buffer.from(states[0].parameters.buffer));
      if (step !== 1 || !isOlder) broken.push(`${how}: went on from step ${step}`);
      if (!text.includes(newer!.file)) broken.push(`${how}: the damaged file is not named`);
    }
    return { trials, broken, figures: [`${DAMAGES.join(', ')}, each ${Math.round(trials / DAMAGES.length)} times`] };
  });
}

function isAccepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

export const damagedCheckpoints: ReliabilityTest = {
  name: 'corrupt-checkpoints',
  promise: 'a damaged checkpoint is refused and named, and the one before it is used',
  counts: { short: 100, long: 1000 },
  control: {
    what: 'checkpoints that are read without their hash',
    trials: 50,
    run: (effort) => damageCheckpoints(effort, false),
  },
  run: (effort) => damageCheckpoints(effort, true),
};
