import { watch } from 'vue';
import { useRouter } from 'vue-router';
import { createNewsroom, type News } from '../../../analysis/news.ts';
import type { Api } from '../../../link/rpc.ts';
import { useApi } from '../api.ts';
import { usePreferences } from '../stores/preferences.ts';

/**
 * Notifications of the desktop while the window is not in front. Electron shows its own and is only told whether they are
 * wanted; in a browser the page shows them.
 */
export function useNews(): void {
  const api = useApi();
  const router = useRouter();
  const preferences = usePreferences();
  const { depthlab } = window;
  const go = (address: string) => void router.push(address);

  depthlab?.onShow(go);
  watch(
    () => preferences.values.notifications,
    (isWanted, _before, onCleanup) => {
      if (depthlab) depthlab.wantNotifications(isWanted);
      else if (isWanted) onCleanup(listen(api, (news) => notify(news, go)));
    },
    { immediate: true },
  );
}

function listen(api: Api, onNews: (news: News) => void): () => void {
  const newsroom = createNewsroom();
  const disposals = [
    api['studies.watch']({}, (studies) => newsroom.studies(studies).forEach(onNews)),
    api['runs.watch']({}, (runs) => newsroom.runs(runs).forEach(onNews)),
    api['application.status']({}, ({ notice }) => newsroom.notice(notice).forEach(onNews)),
  ];
  return () => disposals.forEach((dispose) => dispose());
}

function notify({ title, body, address }: News, go: (address: string) => void): void {
  if (document.hasFocus()) return;
  // With one tag for a subject, several open tabs say it once.
  const notification = new Notification(title, { body, tag: address ?? title });
  notification.onclick = () => {
    window.focus();
    if (address !== null) go(address);
    notification.close();
  };
}
