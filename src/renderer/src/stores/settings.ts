import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { SettingsChange, SettingsInEffect } from '../../../contract/settings.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';

/** What is kept with the database for all its runs; null until the host has answered. */
export const useSettings = defineStore('settings', () => {
  const api = useApi();
  const notices = useNotices();
  const values = shallowRef<SettingsInEffect | null>(null);
  api['settings.watch'](
    {},
    (settings) => {
      values.value = settings;
    },
    notices.showError,
  );
  const change = (changes: SettingsChange) => api['settings.change'](changes).catch(notices.showError);
  return { values, change };
});
