import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ApplicationInfo, ApplicationStatus } from '../../../contract/application.ts';
import type { DataSetInfo } from '../../../contract/data.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';

/** What the host is, which data sets it has, and how busy it is. */
export const useApplication = defineStore('application', () => {
  const api = useApi();
  const notices = useNotices();
  const info = shallowRef<ApplicationInfo | null>(null);
  const status = shallowRef<ApplicationStatus | null>(null);
  const dataSets = shallowRef<readonly DataSetInfo[]>([]);

  api['application.info']({}).then((value) => (info.value = value), notices.showError);
  api['data.watch']({}, (value) => (dataSets.value = value), notices.showError);
  api['application.status']({}, (value) => (status.value = value));

  /** Whether the database cannot be changed: what would is not offered, or disabled. */
  const isReadOnly = computed(() => (info.value?.readOnly ?? null) !== null);

  return { info, status, dataSets, isReadOnly };
});
