import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { download, type DownloadOptions } from './download.ts';

const content = randomBytes(300_000);
const checksum = { algorithm: 'sha256', hex: createHash('sha256').update(content).digest('hex') } as const;

type Answer = (request: IncomingMessage, response: ServerResponse, from: number) => void;

/** What a server with ranges does. */
const send: Answer = (_request, response, from) => {
  response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': content.length - from });
  response.end(content.subarray(from));
};

/** Breaks the connection once some bytes have been read: those under way are lost with it. */
const breakAfter =
  (bytes: number): Answer =>
  (_request, response, from) => {
    response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': content.length - from });
    response.write(content.subarray(from, from + bytes));
    setTimeout(() => response.destroy(), 50);
  };

/** Answers the requests in turn, the last answer for all that follow. */
async function serving(...answers: Answer[]) {
  const ranges: number[] = [];
  const server = createServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const answer = answers[Math.min(ranges.length, answers.length - 1)]!;
    ranges.push(from);
    answer(request, response, from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-download-'));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const get = (options: Partial<DownloadOptions> = {}) =>
    download(`http://127.0.0.1:${port}/files/set.tar.gz?mirror=1`, {
      folder,
      checksum,
      report: () => undefined,
      signal: new AbortController().signal,
      pauseMs: 1,
      ...options,
    });
  return { get, ranges, folder, server };
}

it('a download is whole under the name of its address, and is not made twice', async () => {
  const { get, ranges, folder } = await serving(send);
  const seen: number[] = [];
  const file = await get({ report: ({ done, total }) => seen.push(done / total!) });
  expect(file).toBe(join(folder, 'set.tar.gz'));
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(seen.at(-1)).toBe(1);
  await get();
  expect(ranges).toEqual([0]);
});

it('a connection that breaks is gone on with where it broke', async () => {
  const { get, ranges } = await serving(breakAfter(100_000), breakAfter(50_000), send);
  expect(readFileSync(await get()).equals(content)).toBe(true);
  expect(ranges).toHaveLength(3);
  expect(ranges[1]).toBeGreaterThan(0);
  expect(ranges[2]).toBeGreaterThan(ranges[1]!);
});

it('a download that was given up is gone on with by the next call', async () => {
  const { get, ranges, folder } = await serving(breakAfter(100_000), send);
  const given = new AbortController();
  const first = get({ signal: given.signal, pauseMs: 10_000 });
  while (!readdirSync(folder).includes('set.tar.gz.partial')) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 100));
  given.abort();
  await expect(first).rejects.toThrow();
  expect(readFileSync(await get()).equals(content)).toBe(true);
  expect(ranges[1]).toBeGreaterThan(0);
});

it('a server without ranges sends all of it again', async () => {
  const whole: Answer = (request, response) => send(request, response, 0);
  const { get } = await serving(breakAfter(100_000), whole);
  expect(readFileSync(await get()).equals(content)).toBe(true);
});

it('another file than the published one is refused and not kept', async () => {
  const { get, folder } = await serving(send);
  const wrong = { algorithm: 'md5', hex: '0'.repeat(32) } as const;
  await expect(get({ checksum: wrong })).rejects.toThrow(
    /is not the published file: its MD5 is [0-9a-f]{32}, not 0{32}/,
  );
  expect(readdirSync(folder)).toEqual([]);
});

it('a refusal says what to do instead', async () => {
  const forbidden: Answer = (_request, response) => response.writeHead(403).end();
  const refusing = await serving(forbidden);
  await expect(refusing.get()).rejects.toMatchObject({
    message: expect.stringContaining('the server answered 403') as string,
    hint: 'Fetch it with a browser and add the file: depthlab data add set.tar.gz',
  });
  const { get, server } = await serving(send);
  await new Promise((resolve) => server.close(resolve));
  await expect(get()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

it('a server that sends another part than the one asked for is not listened to', async () => {
  const other: Answer = (_request, response) => {
    response.writeHead(206, { 'Content-Range': `bytes 5-${content.length - 1}/${content.length}` });
    response.end(content.subarray(5));
  };
  const { get } = await serving(breakAfter(100_000), other);
  await expect(get()).rejects.toThrow(/it sends bytes 5-299999\/300000, not from \d+ on/);
});
