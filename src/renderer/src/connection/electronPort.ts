import type { Channel } from '../../../link/channel.ts';
import { messagePortChannel } from '../../../link/messagePort.ts';
import type { ToServer } from '../../../link/wire.ts';

/** Asks Electron's main process for a port to the host; the preload script passes both on. */
export function connectPort(): Promise<Channel<unknown, ToServer>> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'depthlab:port' || !port) return;
      window.removeEventListener('message', receive);
      resolve(messagePortChannel(port));
    };
    window.addEventListener('message', receive);
    window.postMessage('depthlab:connect', location.origin);
  });
}
