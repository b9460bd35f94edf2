import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { LossSurface } from '../../../contract/lossSurface.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';
import { requestedWork } from './requestedWork.ts';

/** Slices of runs' loss surfaces, each computed on request, and how the next ones are to be taken. */
export const useLossSurfaces = defineStore('lossSurfaces', () => {
  const api = useApi();
  const choices = reactive({ size: 21, range: 1, images: 256 });
  const work = requestedWork<LossSurface>(
    (id, onValue, onError) => api['runs.lossSurface']({ id, ...choices }, onValue, onError),
    useNotices().showError,
  );
  return { choices, ...work };
});
