import { watch } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { UserError } from '../../../../contract/errors.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { draftOfRun, draftOfStudy, type LaunchDraft } from './draft.ts';

interface Filling {
  readonly draft: LaunchDraft;
  readonly title: string;
  readonly purpose: string;
}

function notFound(study: string): UserError {
  const hint = 'It may have been deleted; the form is as it was';
  return new UserError({ code: 'not-found', message: `There is no study ${study}`, where: `study ${study}`, hint });
}

function fromFile(run: number): UserError {
  const hint = 'Start it again with "train --config" and that file';
  return new UserError({
    code: 'conflict',
    message: `The network of run ${run} comes from a file, which this form cannot hold`,
    where: `run ${run}`,
    hint,
  });
}

/**
 * Fills the form from the run (`from`), the study (`fromStudy`) or the data set (`data`) that the address names. The
 * address then names it no more, so that coming back to the page, or a restart, does not undo what was changed since.
 */
export function useAddressFill(
  current: () => LaunchDraft,
  fill: (draft: LaunchDraft, title: string, purpose: string) => void,
): void {
  const api = useApi();
  const route = useRoute();
  const router = useRouter();
  const notices = useNotices();

  async function read({ from, fromStudy, data }: LocationQuery): Promise<Filling | null> {
    if (typeof from === 'string') {
      const { run } = await api['runs.get']({ id: Number(from) });
      if (run.network.architecture !== undefined) throw fromFile(run.id);
      return { draft: draftOfRun(run), title: `Run ${run.id}`, purpose: `Filled from run ${run.id}, ${run.name}.` };
    }
    if (typeof fromStudy === 'string') {
      const study = (await api['studies.list']({})).find(({ id }) => id === Number(fromStudy));
      if (study === undefined) throw notFound(fromStudy);
      const purpose = `Filled from study ${study.id}, ${study.name}.`;
      return { draft: draftOfStudy(study.request), title: `Study ${study.id}`, purpose };
    }
    if (typeof data !== 'string' || data === current().data) return null;
    return { draft: { ...current(), data }, title: 'Data set', purpose: `Trains on ${data}.` };
  }

  watch(
    () => route.query,
    async ({ from, fromStudy, data, ...rest }) => {
      if (from === undefined && fromStudy === undefined && data === undefined) return;
      try {
        const filling = await read({ from, fromStudy, data } as LocationQuery);
        if (filling !== null) fill(filling.draft, filling.title, filling.purpose);
      } catch (error) {
        notices.showError(error);
      }
      await router.replace({ query: rest });
    },
    { immediate: true },
  );
}
