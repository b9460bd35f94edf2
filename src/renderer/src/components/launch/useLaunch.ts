import { computed, provide, ref, shallowRef, watch, type Ref } from 'vue';
import { UserError } from '../../../../contract/errors.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { checkRun, checkStudy, fieldOf, type Issues } from './check.ts';
import { studyCommand, trainCommand } from '../../../../analysis/command.ts';
import type { FieldName, LaunchDraft, LaunchKind } from './draft.ts';
import { launchFormKey } from './launchForm.ts';
import { recipeNotes } from './notes.ts';
import { useLaunchPlan } from './useLaunchPlan.ts';

/** What is wrong with the draft, what it would train, and how to start it. Gives the fields their form. */
export function useLaunch(kind: Readonly<Ref<LaunchKind>>, draft: Ref<LaunchDraft>) {
  const api = useApi();
  const notices = useNotices();
  const plan = useLaunchPlan(kind, draft);
  const { dataSet, recipe, refusal } = plan;

  const checkedRun = computed(() => checkRun(draft.value));
  const checkedStudy = computed(() => checkStudy(draft.value));
  const checked = computed(() => (kind.value === 'run' ? checkedRun.value : checkedStudy.value));

  /** Refused by the host at the last attempt to start; until something is changed. */
  const hostIssues = shallowRef<Issues>(new Map());
  watch([kind, draft], () => (hostIssues.value = new Map()), { deep: true });
  const issues = computed<Issues>(() => {
    const refused = refusal.value ? issueOf(refusal.value, kind.value) : [];
    return new Map([...refused, ...hostIssues.value, ...checked.value.issues]);
  });
  const notes = computed<Issues>(() =>
    recipe.value && dataSet.value ? recipeNotes(recipe.value, dataSet.value) : new Map<FieldName, string>(),
  );

  const touched = ref(new Set<FieldName>());
  provide(launchFormKey, {
    kind,
    draft,
    dataSet,
    issueOf: (name) => (touched.value.has(name) ? (issues.value.get(name) ?? '') : ''),
    noteOf: (name) => notes.value.get(name) ?? '',
    touch: (name) => touched.value.add(name),
  });
  const showIssues = () => {
    touched.value = new Set([...touched.value, ...issues.value.keys()]);
  };

  const command = computed(() => {
    if (kind.value === 'run') return checkedRun.value.request && trainCommand(checkedRun.value.request);
    return checkedStudy.value.request && studyCommand(checkedStudy.value.request);
  });

  const create = async (): Promise<string> => {
    if (kind.value === 'study') return `/studies/${(await api['studies.create'](checkedStudy.value.request!)).id}`;
    return `/runs/${(await api['runs.create'](checkedRun.value.request!)).id}`;
  };
  const isStarting = ref(false);
  /** The address of what was started; null where it was refused, which is then said beside the field or as a notice. */
  const start = async (): Promise<string | null> => {
    if (issues.value.size > 0 || isStarting.value) return null;
    isStarting.value = true;
    try {
      return await create();
    } catch (error) {
      const reason = UserError.from(error);
      hostIssues.value = new Map(issueOf(reason, kind.value));
      if (hostIssues.value.size === 0) notices.showError(reason);
      return null;
    } finally {
      isStarting.value = false;
    }
  };

  return { plan, issues, showIssues, command, isStarting, start };
}

function issueOf({ message, hint, where }: UserError, kind: LaunchKind): [FieldName, string][] {
  const field = fieldOf(where, kind);
  return field === null ? [] : [[field, hint === '' ? message : `${message}. ${hint}`]];
}
