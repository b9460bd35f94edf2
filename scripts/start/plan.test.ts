import { expect, it } from 'vitest';
import { planStart } from './plan.mjs';

it.each([
  [[], { kind: 'window', args: [] }],
  [['--db', 'runs.db'], { kind: 'window', args: ['--db', 'runs.db'] }],
  [['--web'], { kind: 'web', args: [] }],
  [['--db', 'runs.db', '--web'], { kind: 'web', args: ['--db', 'runs.db'] }],
  [['study', '--json'], { kind: 'command', args: ['study', '--json'] }],
  [['--help'], { kind: 'command', args: ['--help'] }],
  [['--command'], { kind: 'command', args: [] }],
  [['--command', 'runs', 'list'], { kind: 'command', args: ['runs', 'list'] }],
  [['--command', '--json', 'study'], { kind: 'command', args: ['--json', 'study'] }],
])('%j', (argv, plan) => {
  expect(planStart(argv)).toEqual(plan);
});
