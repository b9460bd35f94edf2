import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { RunRow } from '../contract/run.ts';
import { StudyRecord, type StudyRow } from '../contract/study.ts';
import { createNewsroom } from './news.ts';
import { runRow } from './runRow.fixture.ts';

const run = (state: RunRow['state'], change: Parameters<typeof runRow>[0] = {}) =>
  runRow({ id: 3, name: 'resnet_v2_20 seed 1', state, ...change });

const request = v.parse(StudyRecord, { depths: [8] });
const study = (pending: number, change: Partial<StudyRow> = {}): StudyRow => ({
  ...{ id: 7, name: 'Digits', request, createdAt: 1, runIds: [1, 2], deletedAt: null },
  ...{ finished: 2 - pending, ended: 0, pending, ...change },
});

/** What is said of a run that goes from one state to another. */
function afterChange(before: RunRow, after: RunRow) {
  const newsroom = createNewsroom();
  newsroom.studies([]);
  expect(newsroom.runs([before])).toEqual([]);
  return newsroom.runs([after]);
}

describe('the news of a run', () => {
  it('is its end, with its result', () => {
    expect(afterChange(run('running'), run('finished', { testAccuracy: 0.98 }))).toEqual([
      { title: 'resnet_v2_20 seed 1 finished', body: 'Test accuracy 98.00 %', address: '/runs/3' },
    ]);
  });

  it.each(['failed', 'diverged'] as const)('is that it %s, with the reason', (state) => {
    expect(afterChange(run('running'), run(state, { reason: 'The loss is NaN' }))).toEqual([
      { title: `resnet_v2_20 seed 1 ${state}`, body: 'The loss is NaN', address: '/runs/3' },
    ]);
  });

  it('is that its trainer was killed, not that it ended with the application', () => {
    const interrupted = (reason: string) => afterChange(run('running'), run('interrupted', { reason }));
    expect(interrupted('The trainer was killed (SIGKILL)').map(({ title }) => title)).toEqual([
      'resnet_v2_20 seed 1 was interrupted',
    ]);
    expect(interrupted('Depthlab was closed while it trained')).toEqual([]);
  });

  it.each(['queued', 'paused', 'stopped', 'preparing', 'running'] as const)('is not that it is %s', (state) =>
    expect(afterChange(run('pausing'), run(state))).toEqual([]),
  );

  it('is said once, and not of what had happened before', () => {
    const newsroom = createNewsroom();
    expect(newsroom.runs([run('failed')])).toEqual([]);
    expect(newsroom.runs([run('failed', { notes: 'Looked at' })])).toEqual([]);
  });

  it('is said of one that failed between two looks, not of one that comes back from the bin', () => {
    const newsroom = createNewsroom();
    newsroom.runs([run('finished', { id: 5 })]);
    expect(newsroom.runs([run('failed', { id: 6 })])).toHaveLength(1);
    expect(newsroom.runs([run('failed', { id: 4 })])).toEqual([]);
  });
});

describe('the news of a study', () => {
  const member = (id: number, state: RunRow['state']) => run(state, { id, studyId: 7, endedAt: 1000 + id });
  const started = (now: StudyRow) => {
    const newsroom = createNewsroom();
    newsroom.studies([now]);
    newsroom.runs([member(1, 'running'), member(2, 'queued')]);
    return newsroom;
  };
  const end = { title: 'Digits has ended', body: 'All of its 2 runs finished', address: '/studies/7' };

  it('comes once, when its last run has finished, whichever stream is first', () => {
    for (const isStudyFirst of [true, false]) {
      const newsroom = started(study(2));
      expect(newsroom.runs([member(1, 'finished')])).toEqual([]);
      expect(newsroom.studies([study(1)])).toEqual([]);
      const looks = [() => newsroom.studies([study(0)]), () => newsroom.runs([member(2, 'finished')])];
      if (!isStudyFirst) looks.reverse();
      expect(looks.map((look) => look())).toEqual([[], [end]]);
      expect(newsroom.studies([study(0)])).toEqual([]);
    }
  });

  it('has a failure at once, and the end all the same', () => {
    const newsroom = started(study(2));
    newsroom.runs([member(1, 'finished')]);
    newsroom.studies([study(0, { finished: 1, ended: 1 })]);
    expect(newsroom.runs([member(2, 'failed')]).map(({ title, body }) => [title, body])).toEqual([
      ['resnet_v2_20 seed 1 failed', ''],
      ['Digits has ended', '1 of 2 runs finished'],
    ]);
  });

  it('is none where its user stopped it, or it was over before', () => {
    const newsroom = started(study(2));
    newsroom.studies([study(0)]);
    expect(newsroom.runs([member(1, 'finished'), member(2, 'stopped')])).toEqual([]);
    const later = createNewsroom();
    later.studies([study(0)]);
    expect(later.runs([member(1, 'finished'), member(2, 'finished')])).toEqual([]);
  });

  it('comes from a search when it is over, not between its trials nor of those that diverged', () => {
    const search = (isOver: boolean) => ({ ...request, search: { space: {}, options: {}, isOver } }) as unknown;
    const searching = (isOver: boolean) => study(0, { request: search(isOver) as StudyRow['request'] });
    const newsroom = started(study(2, { request: search(false) as StudyRow['request'] }));
    newsroom.studies([searching(false)]);
    expect(newsroom.runs([member(1, 'diverged'), member(2, 'finished')])).toEqual([]);
    expect(newsroom.studies([searching(true)])).toEqual([end]);
  });
});

it('passes on a notice that is new', () => {
  const newsroom = createNewsroom();
  expect(newsroom.notice('The disk is full')).toEqual([]);
  expect(newsroom.notice('')).toEqual([]);
  expect(newsroom.notice('The disk is full')).toEqual([
    { title: 'Depthlab needs attention', body: 'The disk is full', address: null },
  ]);
  expect(newsroom.notice('The disk is full')).toEqual([]);
});
