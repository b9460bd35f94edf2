import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { LossSurface } from '../../../contract/lossSurface.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';
import { requestedWork } from './requestedWork.ts';

/** Slices of runs' loss surfaces, each computed on request, and how the next ones are to be taken. */
export const useLossSurfaces = defineStore('lossSurfaces', () => {
  const api = useApi();
  const work = requestedWork<LossSurface>(useNotices().showError);
  const choices = reactive({ size: 21, range: 1, images: 256 });
  return {
    choices,
    of: (runId: number) => work.of(String(runId)),
    start: (runId: number) =>
      work.start(String(runId), (onValue, onError) =>
        api['runs.lossSurface']({ id: runId, ...choices }, onValue, onError),
      ),
    cancel: (runId: number) => work.cancel(String(runId)),
  };
});
