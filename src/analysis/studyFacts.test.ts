import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { SearchRecord } from '../contract/search.ts';
import { StudyRecord } from '../contract/study.ts';
import { studyFacts } from './studyFacts.ts';

const depths = [8, 20, 44];

it('says what the digits study varies and shares', () => {
  expect(studyFacts(parse(StudyRecord, { depths })).join(' · ')).toBe(
    'V1 and V2 at 8, 20, 44 layers · 3 seeds · digits · 5 epochs · batch size 64 · learning rate 0.1, cosine · 10 % held out',
  );
});

it('names what departs from the defaults', () => {
  const request = {
    seeds: 1,
    block: 'bottleneck',
    recipe: { maxSteps: 500, warmupSteps: 1, clipNorm: 5, augment: true, validationShare: 0 },
  };
  expect(studyFacts(parse(StudyRecord, { depths, ...request })).slice(1)).toEqual([
    '1 seed',
    'digits',
    'at most 500 steps',
    'batch size 64',
    'learning rate 0.1, cosine',
    'bottleneck blocks',
    '1 warm-up step',
    'gradients clipped at 5',
    'augmented',
    'trained on all images',
  ]);
});

it('says how a search searches', () => {
  const search = parse(SearchRecord, { strategy: 'halving', trials: 9, maxParameters: 200_000, isOver: true });
  expect(studyFacts({ ...parse(StudyRecord, { depths }), search }).slice(0, 2)).toEqual([
    'Successive halving, 9 trials, at most 200,000 parameters',
    'digits',
  ]);
});
