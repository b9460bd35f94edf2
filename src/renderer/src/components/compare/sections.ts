import {
  isWritten,
  type Comparison,
  type FactRow,
  type ResultRow,
} from '../../../../analysis/comparison/comparison.ts';
import type { Section } from '../../../../analysis/comparison/facts.ts';

export interface ComparisonSection {
  readonly section: Section;
  readonly facts: readonly FactRow[];
  readonly results: readonly ResultRow[];
  /** Rows that are left out because all runs have the same. */
  readonly equal: number;
}

const ORDER: readonly Section[] = ['run', 'results', 'architecture', 'recipe', 'data', 'environment'];

/** The rows that are shown, under their headings: what came of the runs first, then what they were. */
export function comparisonSections(comparison: Comparison, onlyDifferences: boolean): ComparisonSection[] {
  return ORDER.map((section) => {
    const all = comparison.facts.filter((row) => row.section === section);
    const facts = onlyDifferences ? all.filter((row) => row.differs || isWritten(row)) : all;
    const results = section === 'results' ? comparison.results : [];
    return { section, facts, results, equal: all.length - facts.length };
  }).filter(({ facts, results, equal }) => facts.length + results.length + equal > 0);
}
