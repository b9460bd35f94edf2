import { defineStore } from 'pinia';
import type { IdentityReport } from '../../../contract/identity.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';
import { requestedWork } from './requestedWork.ts';

/** Reports on runs' identity paths, each made on request. */
export const useIdentityReports = defineStore('identityReports', () => {
  const api = useApi();
  return requestedWork<IdentityReport>(
    (id, onValue, onError) => api['runs.verifyIdentity']({ id }, onValue, onError),
    useNotices().showError,
  );
});
