import type { IdentityBlock } from '../contract/identity.ts';
import type { CsvCell } from '../analysis/tables/csv.ts';
import type { ChartTable } from './chart.ts';
import type { VerifiedRun } from './identityChart.ts';

const COLUMNS: readonly (readonly [head: string, cell: (block: IdentityBlock) => CsvCell])[] = [
  ['Block', ({ name }) => name],
  ['Verdict', ({ verdict }) => verdict],
  ['Clean', ({ clean }) => (clean ? 'yes' : 'no')],
  ['Mean |F|', (block) => block.residualMagnitude],
  ['Mean |x|', (block) => block.identityMagnitude],
  ['|F| / |x|', (block) => block.residualMagnitude / block.identityMagnitude],
  ['RMS of F', (block) => block.residualRms],
  ['RMS of x', (block) => block.identityRms],
  ['Cosine of F and x', (block) => block.cosine],
  ['Share of F below 0', (block) => block.negativeShare],
  ['RMS of y - F - x over x', (block) => block.deviation],
  ['Jacobian, path', (block) => block.skipJacobian?.estimate ?? null],
  ['Standard error (path)', (block) => block.skipJacobian?.standardError ?? null],
  ['Jacobian, block', (block) => block.unitJacobian?.estimate ?? null],
  ['Standard error (block)', (block) => block.unitJacobian?.standardError ?? null],
  ['Reason', ({ reason }) => reason],
];

/** Everything that was measured of every block. */
export function identityTable(runs: readonly VerifiedRun[]): ChartTable {
  return {
    caption: `Identity path of each block, ${runs.map(({ name, report }) => `${name}: ${report.images.count} images, ${report.probes} probes`).join('; ')}`,
    heads: ['Run', 'Name', ...COLUMNS.map(([head]) => head)],
    rows: runs.flatMap(({ runId, name, report }) =>
      report.blocks.map((block) => [runId, name, ...COLUMNS.map(([, cell]) => cell(block))]),
    ),
  };
}
