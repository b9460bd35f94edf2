import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe, type TrainingRecipeInput } from '../../../../contract/recipe.ts';
import { recipeNotes } from './notes.ts';
import { timeSentence } from './timeSentence.ts';

describe('the time of what would be trained', () => {
  it.each([
    [{ runMs: [null], totalMs: null, earlierRuns: 0 }, 'no earlier run like this yet'],
    [{ runMs: [60_000], totalMs: 60_000, earlierRuns: 3 }, 'about 1 min, from 3 earlier runs like this'],
    [{ runMs: [1000, 2000], totalMs: 3000, earlierRuns: 2 }, 'about 3 s, from 2 earlier runs like these'],
    [{ runMs: [1000, null], totalMs: 3000, earlierRuns: 2 }, 'at least 3 s: 1 of 2 networks have been trained before'],
  ])('of %j is said as %s', (time, sentence) => {
    expect(timeSentence(time)).toBe(sentence);
  });
});

describe('what may not be meant', () => {
  const digits = { trainImages: 1437 };
  const notes = (recipe: TrainingRecipeInput) => Object.fromEntries(recipeNotes(parse(TrainingRecipe, recipe), digits));

  it('is noted beside its field', () => {
    expect(notes({})).toEqual({});
    expect(notes({ warmupSteps: 400 })).toEqual({ warmupSteps: 'The run ends within it, after 105 steps' });
    expect(notes({ maxSteps: 200 })).toEqual({ maxSteps: 'No effect: the epochs end after 105 steps' });
    expect(notes({ batchSize: 2000 })).toEqual({ batchSize: 'A step takes all 1,293 training images' });
    expect(notes({ batchSize: 2000, validationShare: 0 })).toEqual({
      batchSize: 'A step takes all 1,437 training images',
      validationShare: 'Test images are looked at after every epoch: choose no network by them',
    });
  });
});
