import { defineStore } from 'pinia';
import type { IdentityReport } from '../../../contract/identity.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';
import { requestedWork } from './requestedWork.ts';

/** Reports on runs' identity paths, each made on request. */
export const useIdentityReports = defineStore('identityReports', () => {
  const api = useApi();
  const work = requestedWork<IdentityReport>(useNotices().showError);
  return {
    of: (runId: number) => work.of(String(runId)),
    start: (runId: number) =>
      work.start(String(runId), (onValue, onError) => api['runs.verifyIdentity']({ id: runId }, onValue, onError)),
    cancel: (runId: number) => work.cancel(String(runId)),
  };
});
