import SQLite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHealthJudge } from '../analysis/health/judge.ts';
import { HEALTH_RULES_VERSION } from '../analysis/health/rules.ts';
import { healthSubject } from '../analysis/health/subject.ts';
import { openStore } from '../store/open.ts';
import { frame, healthy, runningRun, temporaryStore } from '../store/store.fixture.ts';
import type { Store } from '../store/store.ts';
import { createHealthReader } from './health.ts';

/** The verdict of one who reads the whole run at once. */
function judgedAtOnce(store: Store, runId: number) {
  const run = store.runs.get(runId);
  const judge = createHealthJudge(healthSubject(run, { layers: store.steps.layers(runId), relus: [] }));
  if (run.lastStep > 0) judge.take(store.steps.readSteps(runId, 1, run.lastStep));
  return { runId, ...judge.judge(run) };
}

describe('createHealthReader', () => {
  it('reads on where it was, and anew where the run went back, whatever is asked when', async () => {
    const someFrames = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 400 }), back: fc.nat(3) }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(someFrames, async (frames) => {
        const store = temporaryStore();
        const health = createHealthReader(store);
        const { id, attempt } = runningRun(store);
        expect(await health.read(id)).toMatchObject({ verdict: 'unknown', lastStep: 0 });
        for (const [index, { steps, back }] of frames.entries()) {
          const { lastStep } = store.runs.get(id);
          const step = back === 0 ? Math.floor(lastStep / 2) : lastStep;
          if (step < lastStep) store.runs.goBack(id, attempt, { step, text: 'Went back', cause: 'divergence' });
          // Other values than those that were there.
          const values = { ...frame(step + 1 + 1000 * index, steps), firstStep: step + 1 };
          store.steps.append(id, attempt, values, 5);
          const [verdict, again] = await Promise.all([health.read(id), health.read(id)]);
          expect(verdict).toEqual(judgedAtOnce(store, id));
          expect(again).toEqual(verdict);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('knows a step that is not finite, and what the trainer said at the end', async () => {
    const store = temporaryStore();
    const health = createHealthReader(store);
    const { id, attempt } = runningRun(store);
    const broken = frame(1, 30);
    broken.series.fill(NaN, broken.series.length - 5);
    store.steps.append(id, attempt, broken, 5);
    expect(await health.read(id)).toMatchObject({ verdict: 'diverged', findings: [{ firstStep: 30 }] });
    const reason = 'Diverged in step 30: the loss is NaN';
    store.runs.end(id, attempt, { state: 'diverged', reason, measured: null });
    const { sentence } = await health.read(id);
    expect(sentence).toContain(reason);
  });

  it('keeps the verdict on a run that has ended, and reads none of its steps again', async () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 300), 5);
    await createHealthReader(store).read(id);
    expect(store.verdicts.find(id, HEALTH_RULES_VERSION)).toBeNull();
    store.runs.end(id, attempt, { state: 'stopped', reason: 'Enough', measured: null });
    const verdict = await createHealthReader(store).read(id);
    const unread = { ...store, steps: { ...store.steps, readSteps: () => expect.unreachable() } };
    expect(await createHealthReader(unread).read(id)).toEqual(verdict);
    store.runs.requestResume(id);
    expect(store.verdicts.find(id, HEALTH_RULES_VERSION)).toBeNull();
    expect(await createHealthReader(store).read(id)).toEqual(verdict);
  });

  it('judges again what was judged by other rules', async () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.runs.end(id, attempt, { state: 'stopped', reason: 'Enough', measured: null });
    store.verdicts.keep(healthy({ runId: id, lastStep: 0 }), HEALTH_RULES_VERSION - 1);
    expect(await createHealthReader(store).read(id)).toMatchObject({ verdict: 'unknown' });
    expect(store.verdicts.find(id, HEALTH_RULES_VERSION)).toMatchObject({ verdict: 'unknown' });
  });

  it('answers where nothing can be written', async () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 30), 5);
    store.runs.end(id, attempt, { state: 'stopped', reason: 'Enough', measured: null });
    const reader = openStore(store.file, { readOnly: true });
    expect(await createHealthReader(reader).read(id)).toMatchObject({ lastStep: 30 });
    reader.close();
    const other = new SQLite(store.file);
    other.exec('BEGIN IMMEDIATE');
    store.waitForLocks(1);
    expect(await createHealthReader(store).read(id)).toMatchObject({ lastStep: 30 });
    other.close();
    expect(store.verdicts.find(id, HEALTH_RULES_VERSION)).toBeNull();
  });

  it('says that there is no such run', async () => {
    await expect(createHealthReader(temporaryStore()).read(7)).rejects.toMatchObject({ code: 'not-found' });
  });
});
