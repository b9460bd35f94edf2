import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '../../src/server/webHost.ts';

const pageFolder = mkdtempSync(join(tmpdir(), 'depthlab-gate-'));
let host: WebHost;
let clients = 0;

beforeAll(async () => {
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(pageFolder, 'main.js'), 'export {};');
  host = await startWebHost({ pageFolder, port: 0, onClient: () => (clients += 1) });
});
afterAll(async () => {
  await host.close();
  rmSync(pageFolder, { recursive: true });
});

const own = () => ({ Host: `127.0.0.1:${host.port}`, Origin: `http://127.0.0.1:${host.port}` });
const json = { 'Content-Type': 'application/json' };
const newCode = () => host.newAddress().split('#code=')[1]!;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

function ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: host.port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

const redeem = (code: string, headers: Record<string, string> = { ...own(), ...json }) =>
  ask('POST', '/session', headers, JSON.stringify({ code }));

async function newToken(): Promise<string> {
  const answer = await redeem(newCode());
  return (JSON.parse(answer.body) as { token: string }).token;
}

/** Opens a socket and shows a greeting; resolves with what happened. */
function tryToEnter(headers: Record<string, string>, greeting: string | null, path = '/socket'): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on('open', () => greeting !== null && socket.send(greeting));
    socket.on('message', () => {
      resolve('accepted');
      socket.close();
    });
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('unexpected-response', (_request, response) => {
      resolve(`refused ${response.statusCode}`);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

const greetingWith = (token: string) => JSON.stringify({ type: 'authenticate', token });

describe('the page of the local web host', () => {
  it('comes with the strict policy and is stored nowhere', async () => {
    const answer = await ask('GET', '/', { Host: own().Host });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers the address of a view, so that a reload works there', async () => {
    const answer = await ask('GET', '/runs/12', { Host: own().Host });
    expect(answer.body).toContain('<title>page</title>');
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/main.js/..', '/.env', '//etc/passwd'])(
    'has no file at %s',
    async (path) => {
      expect((await ask('GET', path, { Host: own().Host })).status).toBe(404);
    },
  );
});

describe('the gate', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '0.0.0.0:80', 'localhost', '[::1]:80'])(
    'refuses the host %j for files, sessions and sockets',
    async (foreign) => {
      const headers = { ...own(), Host: foreign };
      expect((await ask('GET', '/', headers)).status).toBeGreaterThanOrEqual(400);
      expect((await redeem(newCode(), { ...headers, ...json })).status).toBeGreaterThanOrEqual(400);
      expect(await tryToEnter(headers, greetingWith(await newToken()))).toMatch(/^refused 40/);
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'https://127.0.0.1',
    'http://127.0.0.1',
    'http://127.0.0.1.evil.example',
    'file://',
  ])('refuses the origin %j for files, sessions and sockets', async (foreign) => {
    const headers = { ...own(), Origin: foreign };
    expect((await ask('GET', '/main.js', headers)).status).toBe(403);
    expect((await redeem(newCode(), { ...headers, ...json })).status).toBe(403);
    expect(await tryToEnter(headers, greetingWith(await newToken()))).toBe('refused 403');
  });

  it('refuses a session and a socket without an origin', async () => {
    const { Host } = own();
    expect((await redeem(newCode(), { Host, ...json })).status).toBe(403);
    expect(await tryToEnter({ Host }, greetingWith(await newToken()))).toBe('refused 403');
  });

  it.each(['cross-site', 'same-site', 'none, cross-site', ''])('refuses a fetch from the site %j', async (site) => {
    expect((await ask('GET', '/', { Host: own().Host, 'Sec-Fetch-Site': site })).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('refuses %s on files', async (method) => {
    expect((await ask(method, '/', own())).status).toBe(405);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s on the session', async (method) => {
    expect((await ask(method, '/session', { ...own(), ...json })).status).toBe(405);
  });

  it('refuses a session asked for by a form', async () => {
    const answer = await redeem(newCode(), { ...own(), 'Content-Type': 'text/plain' });
    expect(answer.status).toBe(415);
  });

  it('lets no random request through', async () => {
    const word = fc.constantFrom('evil.example', 'null', 'http://evil.example', '', `127.0.0.1:${host.port + 1}`);
    const before = clients;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH'),
        fc.constantFrom('/', '/session', '/socket', '/main.js', '/runs/1'),
        word,
        word,
        async (method, path, foreignHost, origin) => {
          const answer = await ask(method, path, { Host: foreignHost, Origin: origin, ...json }, '{"code":""}');
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.body).not.toContain('token');
        },
      ),
      { numRuns: 200 },
    );
    expect(clients).toBe(before);
  });
});

describe('the one-time code', () => {
  it('opens one session, once', async () => {
    const code = newCode();
    expect((await redeem(code)).status).toBe(200);
    expect((await redeem(code)).status).toBe(403);
  });

  it('is worthless once another was made', async () => {
    const old = newCode();
    newCode();
    expect((await redeem(old)).status).toBe(403);
  });

  it.each(['{}', '[]', 'null', '', '{"code":1}', '{"code":""}', `{"code":"${'a'.repeat(2000)}"}`])(
    'is not guessed by %s',
    async (body) => {
      newCode();
      expect((await ask('POST', '/session', { ...own(), ...json }, body)).status).toBe(403);
    },
  );
});

describe('the socket', () => {
  it('admits the token, again after a reload', async () => {
    const before = clients;
    const token = await newToken();
    expect(await tryToEnter(own(), greetingWith(token))).toBe('accepted');
    expect(await tryToEnter(own(), greetingWith(token))).toBe('accepted');
    expect(clients).toBe(before + 2);
  });

  it('refuses every other greeting', async () => {
    const before = clients;
    const token = await newToken();
    for (const greeting of [
      greetingWith(''),
      greetingWith(`${token}x`),
      greetingWith(newCode()),
      JSON.stringify({ type: 'call', id: 1, method: 'runs.list', arguments: {} }),
      JSON.stringify({ type: 'authenticate', token, more: true }),
      JSON.stringify({ type: 'authenticate', token: [token] }),
      'not json',
      '',
    ]) {
      expect(await tryToEnter(own(), greeting)).toBe('closed 4001');
    }
    expect(clients).toBe(before);
  });

  it('is at one address only', async () => {
    expect(await tryToEnter(own(), greetingWith(await newToken()), '/')).toBe('refused 404');
    expect(await tryToEnter(own(), greetingWith(await newToken()), '/session')).toBe('refused 404');
  });

  it('closes on a message above 1 MiB', async () => {
    expect(await tryToEnter(own(), 'x'.repeat(1024 * 1024 + 1))).toBe('closed 1009');
  });

  it('closes on silence', async () => {
    expect(await tryToEnter(own(), null)).toBe('closed 4001');
  }, 10_000);

  it('opens at most sixteen times at once', async () => {
    const sockets = Array.from(
      { length: 17 },
      () => new WebSocket(`ws://127.0.0.1:${host.port}/socket`, { headers: own() }),
    );
    const closed = await Promise.race(
      sockets.map((socket) => new Promise((resolve) => socket.on('close', (code) => resolve(code)))),
    );
    expect(closed).toBe(4002);
    for (const socket of sockets) socket.terminate();
  });
});
