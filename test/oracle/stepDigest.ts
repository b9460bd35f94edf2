/** Trains a few steps and prints a hash of all that came out. A process of its own for session.test.ts. */
import { createHash } from 'node:crypto';
import { vectorOf } from '../../src/engine/program.ts';
import { openSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { smallProgram } from './programs.ts';

const program = smallProgram({ depth: 20, size: 16 });
const session = await openSession(program);
session.assign(hashedState(program));
const hash = createHash('sha256');
for (const index of [0, 1, 2, 3, 4]) hash.update(session.step(hashedBatch(program, index, 24), 0.05));
const state = session.read();
for (const { name } of program.state) hash.update(vectorOf(state, name));
process.stdout.write(hash.digest('hex'));
