import type { StudyTable } from '../../contract/study.ts';
import type { StudyReport } from '../../contract/studyReport.ts';

/** The table of a report with bootstrap intervals (BCa) in place of Student's; its verdicts stay those by Student t. */
export function bootstrapTable({ table, cells, differences }: StudyReport): StudyTable {
  return {
    ...table,
    cells: table.cells.map((cell, index) => ({ ...cell, interval: cells[index]?.bootstrap?.bca ?? null })),
    differences: table.differences.map((difference, index) => ({
      ...difference,
      interval: differences[index]?.bootstrap?.bca ?? null,
    })),
  };
}
