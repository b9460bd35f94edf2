/**
 * `npm run reliability -- [NAME ...] [--count N] [--seed N] [--short] [--minutes N]`: tries to break what Depthlab promises, many times, and
 * prints a table. Each promise is first tried with what it rests on taken away: that must be found out.
 */
import { parseArgs } from 'node:util';
import { formatResult } from './format.ts';
import { reliabilityTests } from './tests.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: 'Infinity' },
    short: { type: 'boolean', default: false },
  },
});

const unknown = positionals.find((name) => !reliabilityTests.some((test) => test.name === name));
if (unknown !== undefined) {
  console.error(`Nothing is called ${unknown}. There are:`);
  for (const { name, promise } of reliabilityTests) console.error(`  ${name.padEnd(20)} ${promise}`);
  process.exit(2);
}

const seed = Number(values.seed);
console.log(`seed ${seed}`);
for (const test of reliabilityTests) {
  if (positionals.length > 0 && !positionals.includes(test.name)) continue;
  const missing = test.missing?.() ?? null;
  if (missing !== null) {
    console.log(`${test.name}: left out, ${missing}`);
    continue;
  }
  const start = performance.now();
  const isOver = () => performance.now() - start > 60_000 * Number(values.minutes);
  const control = await test.control.run({ trials: test.control.trials, seed, isOver: () => false });
  const count = Number(values.count ?? (values.short ? test.counts.short : test.counts.long));
  const result = await test.run({ trials: count, seed, isOver });
  console.log(formatResult(test, control, result, performance.now() - start));
  if (control.broken.length === 0 || result.broken.length > 0) process.exitCode = 1;
}
