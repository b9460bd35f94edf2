import { UserError } from '../../../contract/errors.ts';
import type { Channel } from '../../../link/channel.ts';
import { authenticate } from '../../../link/webSocket.ts';
import type { ToServer } from '../../../link/wire.ts';

const TOKEN_KEY = 'depthlab.token';

/**
 * Connects a page in a browser. The one-time code of the printed address is swapped for a token that this tab keeps until
 * it is closed, so that a reload works; the code leaves the address bar at once.
 */
export async function connectWebSocket(): Promise<Channel<unknown, ToServer>> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code !== null) {
    history.replaceState(history.state, '', location.pathname + location.search);
    const token = await redeem(code);
    if (token !== null) sessionStorage.setItem(TOKEN_KEY, token);
  }
  const token = sessionStorage.getItem(TOKEN_KEY);
  if (token === null) throw notInvited();
  return authenticate(new WebSocket(`ws://${location.host}/socket`), token);
}

async function redeem(code: string): Promise<string | null> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (!response.ok) return null;
  const answer: unknown = await response.json();
  if (typeof answer !== 'object' || answer === null || !('token' in answer)) return null;
  return typeof answer.token === 'string' ? answer.token : null;
}

function notInvited(): UserError {
  return new UserError({
    code: 'unavailable',
    message: 'This page was opened without its one-time code, or the code was used before',
    hint: 'Open the address that "npm start -- --web" prints; each start prints a new one',
  });
}
