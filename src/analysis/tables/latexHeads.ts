import { escapeLatex } from './escapeLatex.ts';
import { headGroups, type HeadGroup } from './headGroups.ts';
import type { TableColumn } from './table.ts';

/** The lines of the head: one, or two with rules between them where columns share a head. */
export function latexHeads(columns: readonly TableColumn[]): string[] {
  const groups = headGroups(columns);
  const heads = row(groups.flatMap((group) => group.heads.map(ownHead)));
  if (groups.every(({ shared }) => shared === '')) return [heads];
  return [row(groups.map(sharedHead)), rules(groups), heads];
}

function row(cells: readonly string[]): string {
  return `${cells.join(' & ')} \\\\`;
}

/** In braces it is no number to a column of siunitx. */
function ownHead(text: string): string {
  return `{${escapeLatex(text)}}`;
}

function sharedHead({ shared, heads }: HeadGroup): string {
  return shared === '' ? '' : `\\multicolumn{${heads.length}}{c}{${escapeLatex(shared)}}`;
}

function rules(groups: readonly HeadGroup[]): string {
  let first = 1;
  return groups
    .flatMap(({ shared, heads }) => {
      const range = `${first}-${first + heads.length - 1}`;
      first += heads.length;
      return shared === '' ? [] : [`\\cmidrule(lr){${range}}`];
    })
    .join(' ');
}
