import { readdirSync, readFileSync, statSync } from 'node:fs';
import { databaseOf, joinApplication, startCommand, untilRun } from './application.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';
import { isEnded } from '../../src/contract/runState.ts';

/** Runs before anything is measured: caches fill and code is compiled. */
const WARM_UP_SHARE = 0.3;
const MAX_DESCRIPTORS = 5;
/** Connections that each run of the negative control leaves open: together far more than `MAX_DESCRIPTORS` in its few runs. */
const LEAKED_A_RUN = 3;
/** Of memory, a run; 500 runs would make 25 MB of it. */
const MAX_BYTES_A_RUN = 50 * 1024;

interface Sample {
  readonly bytes: number;
  readonly descriptors: number;
}

function sampleOf(pid: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    bytes: 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** Trains short runs one after the other in one application. `leaks`: each run leaves connections open. */
async function trainMany({ trials, isOver }: Effort, leaks: boolean): Promise<Trials> {
  return withFolder(async (folder) => {
    const host = startCommand(folder, 'serve', '--json');
    const pid = host.child.pid!;
    const { api, close } = await joinApplication(folder);
    const samples: Sample[] = [];
    const broken: string[] = [];
    const left: (() => void)[] = [];
    for (let run = 1; run <= trials && !isOver(); run += 1) {
      const { id } = await api['runs.create']({
        network: { version: 'v2', depth: 8 },
        recipe: { maxSteps: 3, batchSize: 16, seed: run },
      });
      const ended = await untilRun(api, id, ({ state }) => isEnded(state));
      if (ended.state !== 'finished' || ended.lastStep !== 3)
        broken.push(`run ${id} is ${ended.state}: ${ended.reason}`);
      for (let leaked = 0; leaks && leaked < LEAKED_A_RUN; leaked += 1)
        left.push((await joinApplication(folder)).close);
      samples.push(sampleOf(pid));
    }
    const runs = samples.length;
    const measured = samples.slice(Math.floor(runs * WARM_UP_SHARE));
    const [first, last] = [measured[0]!, measured.at(-1)!];
    const slope = slopeOf(measured.map(({ bytes }) => bytes));
    const descriptors = Math.max(...measured.map((one) => Math.abs(one.descriptors - first.descriptors)));
    const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
    const figures = [
      `resident memory ${mebibytes(first.bytes)} MB after ${runs - measured.length + 1} runs, ${mebibytes(last.bytes)} MB after ${runs}`,
      `${(slope / 1024).toFixed(1)} KB a run (least squares)`,
      `open files within ${descriptors} of ${first.descriptors}`,
      `database ${mebibytes(statSync(databaseOf(folder)).size)} MB, its log ${mebibytes(statSync(`${databaseOf(folder)}-wal`).size)} MB`,
    ];
    if (descriptors > MAX_DESCRIPTORS) broken.push(`open files changed by ${descriptors}`);
    // Few runs say nothing of a slope.
    if (runs >= 100 && slope > MAX_BYTES_A_RUN) broken.push(`memory grows by ${(slope / 1024).toFixed(1)} KB a run`);
    left.forEach((end) => end());
    close();
    host.child.kill('SIGINT');
    await host.ended;
    return { trials: runs, broken, figures };
  });
}

/** Of a straight line through the values, per value (least squares). */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return over / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}

export const soak: ReliabilityTest = {
  name: 'soak',
  promise: 'many runs in one application leave its memory and its open files as they were',
  counts: { short: 6, long: 500 },
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  control: {
    what: 'connections that each run leaves open',
    trials: 10,
    run: (effort) => trainMany(effort, true),
  },
  run: (effort) => trainMany(effort, false),
};
