import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * All that the page gets: the platform's name, handles for files that its user chose or dropped (a file that a script made has
 * no path), on request one port to the host, and the word between the page and the desktop's notifications.
 */
contextBridge.exposeInMainWorld(
  'depthlab',
  Object.freeze({
    platform: process.platform,
    pick: (kind: 'file' | 'folder'): Promise<unknown> => ipcRenderer.invoke('depthlab:pick', kind),
    takeDropped: (file: File): Promise<unknown> =>
      ipcRenderer.invoke('depthlab:dropped', webUtils.getPathForFile(file)),
    wantNotifications: (wanted: boolean): void => ipcRenderer.send('depthlab:notifications', wanted),
    /** The user clicked a notification: the page is to show this address. */
    onShow: (listener: (address: string) => void): void => {
      ipcRenderer.on('depthlab:show', (_event, address: string) => listener(address));
    },
  }),
);

window.addEventListener('message', (event) => {
  if (event.source === window && event.origin === location.origin && event.data === 'depthlab:connect') {
    ipcRenderer.send('depthlab:connect');
  }
});

ipcRenderer.on('depthlab:port', (event) => {
  window.postMessage('depthlab:port', location.origin, event.ports);
});
