import { expect, it } from 'vitest';
import { compareRuns } from '../../../../analysis/comparison/comparison.ts';
import { sourcesOf } from '../../../../analysis/comparison/comparison.fixture.ts';
import { comparisonSections } from './sections.ts';

const sources = sourcesOf([
  [{ id: 1, recipe: { learningRate: 0.1 } }, [0.9]],
  [{ id: 2, recipe: { learningRate: 0.01 } }, [0.8]],
]);
const comparison = compareRuns(sources, { groupBy: [], baseline: [], atEpoch: null });

it('show what differs and what is written, and count what is left out', () => {
  const sections = comparisonSections(comparison, true);
  const [run, results, architecture, recipe] = sections;
  expect(run!.facts.map(({ id }) => id)).toEqual(['tags', 'notes']);
  expect(results!.results).toHaveLength(comparison.results.length);
  expect(architecture).toMatchObject({ section: 'architecture', facts: [] });
  expect(architecture!.equal).toBeGreaterThan(3);
  expect(recipe!.facts.map(({ id }) => id)).toEqual(['learningRate']);
});

it('show everything on request', () => {
  const sections = comparisonSections(comparison, false);
  expect(sections.every(({ equal }) => equal === 0)).toBe(true);
  expect(sections.flatMap(({ facts }) => facts)).toHaveLength(comparison.facts.length);
});
