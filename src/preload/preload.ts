import { contextBridge, ipcRenderer } from 'electron';

/** All that the page gets: the platform's name, and on request one port to the host. */
contextBridge.exposeInMainWorld('depthlab', Object.freeze({ platform: process.platform }));

window.addEventListener('message', (event) => {
  if (event.source === window && event.origin === location.origin && event.data === 'depthlab:connect') {
    ipcRenderer.send('depthlab:connect');
  }
});

ipcRenderer.on('depthlab:port', (event) => {
  window.postMessage('depthlab:port', location.origin, event.ports);
});
