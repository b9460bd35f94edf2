import { escapeLatex } from './escapeLatex.ts';
import { headGroups, type HeadGroup } from './headGroups.ts';
import { headOf, type TableColumn } from './table.ts';

/** The lines of the head: one, or two with rules between them where columns share a head. */
export function latexHeads(columns: readonly TableColumn[]): string[] {
  const groups = headGroups(columns);
  if (groups.every(({ group }) => group === '')) return [row(columns.map((column) => ownHead(headOf(column))))];
  const heads = groups.flatMap((group) =>
    group.columns.map(({ head, unit }) => ownHead(headOf({ head, unit: isUnitShared(group) ? '' : unit }))),
  );
  return [row(groups.map(sharedHead)), rules(groups), row(heads)];
}

function row(cells: readonly string[]): string {
  return `${cells.join(' & ')} \\\\`;
}

/** In braces it is no number to a column of siunitx. */
function ownHead(text: string): string {
  return `{${escapeLatex(text)}}`;
}

function isUnitShared({ group, unit }: HeadGroup): boolean {
  return group !== '' && unit !== '';
}

function sharedHead(shared: HeadGroup): string {
  const { group, unit, columns } = shared;
  return group === '' ? '' : `\\multicolumn{${columns.length}}{c}{${escapeLatex(headOf({ head: group, unit }))}}`;
}

function rules(groups: readonly HeadGroup[]): string {
  let first = 1;
  return groups
    .flatMap(({ group, columns }) => {
      const range = `${first}-${first + columns.length - 1}`;
      first += columns.length;
      return group === '' ? [] : [`\\cmidrule(lr){${range}}`];
    })
    .join(' ');
}
