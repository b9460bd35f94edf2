import type { Channel } from '../../../link/channel.ts';
import type { ToServer } from '../../../link/wire.ts';
import { connectPort } from './electronPort.ts';
import { connectWebSocket } from './webSession.ts';

/** The channel to the host, whichever shell the page runs in. Rejects with a `UserError` where there is none. */
export function connect(): Promise<Channel<unknown, ToServer>> {
  return window.depthlab ? connectPort() : connectWebSocket();
}
