import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { useActions } from '../../actions/actions.ts';
import { useLastComparison } from '../compare/useLastComparison.ts';
import { usePreferences, type ThemeChoice } from '../../stores/preferences.ts';

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };

/** What can be done wherever one is: go somewhere, start something, change how the window looks. */
export function useShellActions() {
  const router = useRouter();
  const { offer } = useActions();
  const preferences = usePreferences();
  const lastComparison = useLastComparison();
  const paletteOpen = ref(false);
  const keysOpen = ref(false);
  const preferencesOpen = ref(false);

  const openPalette = () => {
    paletteOpen.value = true;
  };
  const openKeys = () => {
    keysOpen.value = true;
  };
  const openPreferences = () => {
    preferencesOpen.value = true;
  };
  const go = (path: string) => () => void router.push(path);

  offer(() => [
    { id: 'palette', group: 'Window', title: 'Command palette', keys: 'mod+k', run: openPalette },
    { id: 'keys', group: 'Window', title: 'Keyboard shortcuts', keys: '?', run: openKeys },
    { id: 'preferences', group: 'Window', title: 'Preferences', keys: ',', run: openPreferences },
    { id: 'go-studies', group: 'Go to', title: 'Studies', keys: 'g s', run: go('/studies') },
    { id: 'go-runs', group: 'Go to', title: 'Runs', keys: 'g r', run: go('/runs') },
    { id: 'go-compare', group: 'Go to', title: 'Compare', keys: 'g c', run: go(lastComparison.value) },
    { id: 'go-queue', group: 'Go to', title: 'Queue', keys: 'g q', run: go('/queue') },
    { id: 'go-data', group: 'Go to', title: 'Data', keys: 'g d', run: go('/data') },
    { id: 'go-bin', group: 'Go to', title: 'Bin', keys: 'g b', run: go('/bin') },
    { id: 'back', group: 'Go to', title: 'Back', keys: '[', run: () => router.back() },
    { id: 'forward', group: 'Go to', title: 'Forward', keys: ']', run: () => router.forward() },
    { id: 'new-run', group: 'Start', title: 'New run', keys: 'n', writes: true, run: go('/new?kind=run') },
    { id: 'new-study', group: 'Start', title: 'New depth study', keys: 's', writes: true, run: go('/new?kind=study') },
    {
      id: 'sidebar',
      group: 'Window',
      title: preferences.values.sidebarOpen ? 'Hide the sidebar' : 'Show the sidebar',
      keys: 'mod+b',
      run: () => {
        preferences.values.sidebarOpen = !preferences.values.sidebarOpen;
      },
    },
    {
      id: 'theme',
      group: 'Window',
      title: `Theme: ${preferences.values.theme} (change to ${NEXT_THEME[preferences.values.theme]})`,
      keys: 't',
      run: () => {
        preferences.values.theme = NEXT_THEME[preferences.values.theme];
      },
    },
  ]);

  return { paletteOpen, keysOpen, preferencesOpen, openPalette, openKeys, openPreferences };
}
