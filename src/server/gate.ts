import type { IncomingMessage } from 'node:http';

/** Why a request is refused: an HTTP status and a sentence. */
export interface Refusal {
  readonly status: 403 | 404 | 405 | 415;
  readonly reason: string;
}

/** The whole surface of the server. Every other method or route is refused. */
export type Route = 'file' | 'session' | 'socket';

/**
 * Judges a request before anything else looks at it, upgrades included. A page of another origin reaches the server
 * through the user's own browser: by a foreign name that resolves to 127.0.0.1 (then Host is foreign), or directly (then
 * Origin or Sec-Fetch-Site is foreign). Returns the route, or why not.
 */
export function judge(request: IncomingMessage, port: number, upgrade: boolean): Route | Refusal {
  const hosts = request.headersDistinct['host'] ?? [];
  const host = hosts[0];
  if (hosts.length !== 1 || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)) {
    return { status: 403, reason: 'The request is for another host' };
  }
  const safe = !upgrade && (request.method === 'GET' || request.method === 'HEAD');
  const origins = request.headersDistinct['origin'] ?? [];
  if (
    origins.length > 1 ||
    (origins.length === 0 && !safe) ||
    (origins.length === 1 && origins[0] !== `http://${host}`)
  ) {
    return { status: 403, reason: 'The request comes from another page' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, reason: 'The request comes from another site' };
  }
  return route(request, upgrade);
}

function route(request: IncomingMessage, upgrade: boolean): Route | Refusal {
  const address = request.url ?? '';
  if (upgrade) return address === '/socket' ? 'socket' : { status: 404, reason: 'There is no such socket' };
  if (address === '/session') {
    if (request.method !== 'POST') return { status: 405, reason: 'A session is asked for by POST' };
    if (request.headers['content-type'] !== 'application/json') {
      return { status: 415, reason: 'A session is asked for in JSON' };
    }
    return 'session';
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, reason: 'Files are read only' };
  return 'file';
}
