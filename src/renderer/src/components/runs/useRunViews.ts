import { computed, type Ref } from 'vue';
import { GROUPINGS, type GroupBy } from '../../../../analysis/runTable/groups.ts';
import type { RunView } from '../../../../contract/runView.ts';
import { useActions } from '../../actions/actions.ts';
import { useNotices } from '../../stores/notices.ts';
import { useSettings } from '../../stores/settings.ts';
import { showTheSame, withoutView, withView } from './runViews.ts';
import type { RunsTable } from './useRunsTable.ts';

interface Shown {
  readonly filter: Ref<string>;
  readonly groupBy: Ref<GroupBy | ''>;
  readonly onlyDifferences: Ref<boolean>;
  readonly runsTable: RunsTable;
}

/** The views of the runs table that are kept with the database, and the one that is shown. */
export function useRunViews({ filter, groupBy, onlyDifferences, runsTable }: Shown) {
  const settings = useSettings();
  const notices = useNotices();

  const all = computed(() => settings.values?.runViews ?? []);
  const now = computed((): RunView => {
    const { columns, sorting } = runsTable.arrangement.value;
    return {
      name: '',
      filter: filter.value,
      groupBy: groupBy.value,
      columns: [...columns],
      sorting: sorting.map(({ id, desc }) => ({ column: id, descending: desc })),
      onlyDifferences: onlyDifferences.value,
    };
  });
  const shownName = computed(() => all.value.find((view) => showTheSame(view, now.value))?.name ?? null);

  const keep = (runViews: RunView[]) => settings.change({ runViews });
  const save = (name: string) => keep(withView(all.value, { ...now.value, name }));
  const remove = async (view: RunView) => {
    await keep(withoutView(all.value, view.name));
    notices.show(`View deleted: ${view.name}`, { label: 'Undo', run: () => void keep(withView(all.value, view)) });
  };
  const show = (view: RunView) => {
    filter.value = view.filter;
    groupBy.value = view.groupBy in GROUPINGS ? (view.groupBy as GroupBy) : '';
    onlyDifferences.value = view.onlyDifferences;
    runsTable.arrange({
      columns: view.columns,
      sorting: view.sorting.map(({ column, descending }) => ({ id: column, desc: descending })),
    });
  };

  useActions().offer(() =>
    all.value.map((view) => ({
      id: `runs-view-${view.name}`,
      group: 'Runs',
      title: `Show the view “${view.name}”`,
      run: () => show(view),
    })),
  );

  return { all, shownName, show, save, remove };
}

export type RunViews = ReturnType<typeof useRunViews>;
