import { usePreferredDark, useLocalStorage } from '@vueuse/core';
import { defineStore, type Pinia } from 'pinia';
import { computed, watchEffect } from 'vue';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

/** Pixels of the base font that the user can choose. */
export const BASE_SIZES = [11, 12, 13, 14, 15, 16, 18] as const;

const DEFAULTS = {
  theme: 'system' as ThemeChoice,
  density: 'compact' as Density,
  baseSize: 13 as (typeof BASE_SIZES)[number],
  sidebarOpen: true,
  /** Pixels. */
  sidebarWidth: 240,
  inspectorWidth: 320,
  inspectorOpen: true,
  /** Every chart starts with this; each has its own switch. */
  logScales: false,
  smoothing: 0,
  /** Of the desktop, while the window is not in front. A browser has to be asked first. */
  notifications: window.depthlab !== undefined,
  /** Runs that ended with the application until then (milliseconds since 1970) are not offered any more. */
  dismissedLeftRunsUntil: 0,
};

/** How this user wants the window; kept by the browser or by Electron, not in the database. */
export const usePreferences = defineStore('preferences', () => {
  const values = useLocalStorage('depthlab.preferences', DEFAULTS, { mergeDefaults: true });
  const systemIsDark = usePreferredDark();
  /** The theme in effect. */
  const theme = computed<'light' | 'dark'>(() => {
    if (values.value.theme !== 'system') return values.value.theme;
    return systemIsDark.value ? 'dark' : 'light';
  });
  return { values, theme };
});

/** Keeps the document's theme, size and density as the preferences say. */
export function applyPreferences(pinia: Pinia): void {
  const preferences = usePreferences(pinia);
  const root = document.documentElement;
  watchEffect(() => {
    root.dataset['theme'] = preferences.theme;
    root.dataset['density'] = preferences.values.density;
    root.style.setProperty('--base-size', `${preferences.values.baseSize}px`);
  });
}
