import { ref } from 'vue';
import { useRouter } from 'vue-router';
import type { RunRow } from '../../../../contract/run.ts';
import { canChangeRate, canExtend, canPause, canResume, isEnded } from '../../../../contract/runState.ts';
import { useActions } from '../../actions/actions.ts';
import { useCopy } from '../../composables/useCopy.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { useRuns } from '../../stores/runs.ts';

/** What can be done to the run whose page is open: for its buttons, and offered to the palette with keys. */
export function useRunActions(run: () => RunRow, rename: () => void) {
  const router = useRouter();
  const runs = useRuns();
  const copy = useCopy();
  const preferences = usePreferences();

  const dialog = ref<'fork' | 'extend' | 'rate' | null>(null);
  const pause = () => void runs.pause(run().id, 'release');
  const hold = () => void runs.pause(run().id, 'hold');
  const resume = () => void runs.resume(run().id);
  const startNext = () => void runs.startNext(run().id);
  const stop = () => void runs.stop(run().id);
  const duplicate = () => void router.push(`/new?kind=run&from=${run().id}`);
  const compare = () =>
    void router.push({ path: '/compare', query: { runs: String(run().id) }, state: { choose: true } });
  const copyId = () => void copy(String(run().id), `Copied ${run().id}, as in: runs show ${run().id}`);
  const remove = async () => {
    await runs.remove([run().id]);
    await router.push('/runs');
  };
  const toggleInspector = () => {
    preferences.values.inspectorOpen = !preferences.values.inspectorOpen;
  };

  /** A study's runs keep one recipe. */
  const changes = () => {
    const { state, studyId } = run();
    const isAlone = studyId === null;
    return [
      {
        id: 'run-fork',
        title: 'Fork from a checkpoint …',
        keys: 'f',
        writes: true,
        run: () => (dialog.value = 'fork'),
      },
      ...(isAlone && canExtend(run())
        ? [
            {
              id: 'run-extend',
              title: 'Extend to more epochs …',
              keys: 'e',
              writes: true,
              run: () => (dialog.value = 'extend'),
            },
          ]
        : []),
      ...(isAlone && canChangeRate(state)
        ? [
            {
              id: 'run-rate',
              title: 'Change the learning rate …',
              keys: 'l',
              writes: true,
              run: () => (dialog.value = 'rate'),
            },
          ]
        : []),
    ];
  };

  useActions().offer(() => {
    const group = 'This run';
    const canStop = !isEnded(run().state) && run().state !== 'stopping';
    const { state, isHeld } = run();
    const canHold = (state === 'preparing' || state === 'running') && !isHeld;
    return [
      { id: 'run-compare', group, title: 'Compare with …', keys: 'v', run: compare },
      ...(canPause(run())
        ? [{ id: 'run-pause', group, title: 'Pause, with its memory freed', keys: 'p', writes: true, run: pause }]
        : []),
      ...(canHold ? [{ id: 'run-hold', group, title: 'Pause in memory', keys: 'h', writes: true, run: hold }] : []),
      ...(canResume(run()) ? [{ id: 'run-resume', group, title: 'Go on', keys: 'r', writes: true, run: resume }] : []),
      ...(state === 'queued'
        ? [{ id: 'run-next', group, title: 'Start this one next', writes: true, run: startNext }]
        : []),
      ...(canStop ? [{ id: 'run-stop', group, title: 'Stop', keys: 'x', writes: true, run: stop }] : []),
      { id: 'run-duplicate', group, title: 'Duplicate with changes', keys: 'd', writes: true, run: duplicate },
      ...changes().map((change) => ({ ...change, group })),
      { id: 'run-rename', group, title: 'Rename', keys: 'F2', writes: true, run: rename },
      { id: 'run-copy-id', group, title: 'Copy the id for the command line', keys: 'c', run: copyId },
      ...(isEnded(run().state)
        ? [{ id: 'run-delete', group, title: 'Delete', keys: 'Delete', writes: true, run: () => void remove() }]
        : []),
      {
        id: 'run-inspector',
        group,
        title: preferences.values.inspectorOpen ? 'Hide the inspector' : 'Show the inspector',
        keys: 'i',
        run: toggleInspector,
      },
    ];
  });
  return { dialog, changes, pause, resume, stop, compare, duplicate, copyId, remove, toggleInspector };
}
