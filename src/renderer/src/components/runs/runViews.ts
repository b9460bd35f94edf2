import type { RunView } from '../../../../contract/runView.ts';

/** With the view under its name, in the place of one of that name. */
export function withView(views: readonly RunView[], view: RunView): RunView[] {
  return [...withoutView(views, view.name), view].toSorted((one, other) => one.name.localeCompare(other.name));
}

export function withoutView(views: readonly RunView[], name: string): RunView[] {
  return views.filter((view) => view.name !== name);
}

/** Whether two views show the same, whatever they are called and in whatever order their columns were chosen. */
export function showTheSame(one: RunView, other: RunView): boolean {
  return canonical(one) === canonical(other);
}

function canonical({ filter, groupBy, columns, sorting, onlyDifferences }: RunView): string {
  return JSON.stringify([filter.trim(), groupBy, columns.toSorted(), sorting, onlyDifferences]);
}
