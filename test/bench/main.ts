/**
 * `npm run bench [-- NAME ...] [--quick] [--json]`: runs the benchmarks one after another and prints a table.
 * Every ratio compares two things measured in the same run, in turns, so that it holds when the machine's speed drifts.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import * as application from './application.ts';
import * as data from './data.ts';
import * as engine from './engine.ts';
import type { BenchModule, BenchRow } from './row.ts';
import * as store from './store.ts';
import { formatTable } from './table.ts';

const BENCHMARKS: readonly BenchModule[] = [engine, data, store, application];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

const unknown = positionals.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown !== undefined) {
  console.error(`No benchmark is called ${unknown}. There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
  node: process.version,
};
const results: { benchmark: string; rows: BenchRow[] }[] = [];
for (const benchmark of BENCHMARKS) {
  if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
  console.error(`Measuring ${benchmark.name} ...`);
  const rows = await benchmark.run({ quick: values.quick });
  results.push({ benchmark: benchmark.name, rows });
  if (!values.json) console.log(formatTable(benchmark.name, rows));
}
if (values.json) console.log(JSON.stringify({ machine, quick: values.quick, results }, null, 2));
