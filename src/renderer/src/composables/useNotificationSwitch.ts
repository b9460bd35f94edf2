import { computed, ref } from 'vue';
import { usePreferences } from '../stores/preferences.ts';

type Permission = NotificationPermission | 'unavailable';

/** Electron needs no permission; a page may show notifications only where its user let it. */
function currentPermission(): Permission {
  if (window.depthlab) return 'granted';
  return 'Notification' in window ? Notification.permission : 'unavailable';
}

/** The switch of the notifications. In a browser, switching it on asks for the permission. */
export function useNotificationSwitch() {
  const preferences = usePreferences();
  const permission = ref(currentPermission());

  const isOn = computed({
    get: () => preferences.values.notifications && permission.value === 'granted',
    set: (wanted) => void change(wanted),
  });
  /** Why it cannot be switched on, and what to do; empty where it can. */
  const obstacle = computed(() => {
    if (permission.value === 'unavailable') return 'This browser shows no notifications of this page.';
    return permission.value === 'denied'
      ? 'The browser refuses them for this page. Allow notifications in its settings of the site, then switch them on here.'
      : '';
  });

  async function change(wanted: boolean): Promise<void> {
    if (wanted && permission.value === 'default') permission.value = await Notification.requestPermission();
    else permission.value = currentPermission();
    preferences.values.notifications = wanted && permission.value === 'granted';
  }

  return { isOn, obstacle };
}
