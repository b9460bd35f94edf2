import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkProgress } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';

export interface DownloadOptions {
  /** Where the file goes under the last part of its address. */
  readonly folder: string;
  /** Lower-case hex; left out where nobody has published one. */
  readonly checksum?: { readonly algorithm: 'sha256' | 'md5'; readonly hex: string };
  readonly report: (progress: WorkProgress) => void;
  readonly signal: AbortSignal;
  /** Between two attempts, doubled each time; default one second. */
  readonly pauseMs?: number;
}

/** How often in a row a connection may bring nothing. */
const ATTEMPTS = 4;
/** More than any data set that is fetched as one file. */
const MAX_BYTES = 64e9;

/**
 * Downloads a file and returns its path. What a broken connection, or an earlier call, has left is gone on with; under its
 * name the file is whole. Throws a `UserError` that says what to do where the network refuses or the checksum is another.
 */
export async function download(url: string, options: DownloadOptions): Promise<string> {
  const { folder, checksum, report, signal, pauseMs = 1000 } = options;
  const name = basename(new URL(url).pathname);
  const file = join(folder, name);
  const partial = `${file}.partial`;
  await mkdir(folder, { recursive: true });
  if ((await sizeOf(file)) > 0) return file;
  for (let barren = 0; ;) {
    const before = await sizeOf(partial);
    try {
      await receive(url, partial, {
        signal,
        onBytes: (done, total) => report({ stage: `Downloading ${name}`, done, total }),
      });
      break;
    } catch (error) {
      if (signal.aborted || error instanceof UserError) throw error;
      barren = (await sizeOf(partial)) > before ? 0 : barren + 1;
      if (barren === ATTEMPTS) throw unreachable(url, error);
      await sleep(pauseMs * 2 ** barren, undefined, { signal });
    }
  }
  if (checksum !== undefined) await check(partial, url, checksum);
  await rename(partial, file);
  return file;
}

interface Receiving {
  readonly signal: AbortSignal;
  readonly onBytes: (done: number, total: number | null) => void;
}

/** Asks for what is missing of a file and appends it. Throws where the connection breaks before the end. */
async function receive(url: string, partial: string, { signal, onBytes }: Receiving): Promise<void> {
  const have = await sizeOf(partial);
  const headers = { 'Accept-Encoding': 'identity', ...(have > 0 ? { Range: `bytes=${have}-` } : {}) };
  const response = await fetch(url, { headers, signal });
  // Nothing is left to send: it was broken off after the last byte.
  if (response.status === 416 && have > 0) return;
  if (!response.ok || response.body === null) throw refused(url, response.status);
  const start = response.status === 206 ? have : 0;
  const range = response.headers.get('content-range') ?? `bytes ${start}-`;
  if (!range.startsWith(`bytes ${start}-`))
    throw refused(url, response.status, `it sends ${range}, not from ${start} on`);
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = Number.isSafeInteger(length) ? start + length : null;
  if (total !== null && total > MAX_BYTES) throw refused(url, response.status, `it has ${total} bytes`);
  const handle = await open(partial, start > 0 ? 'r+' : 'w', 0o600);
  let done = start;
  try {
    for await (const block of response.body) {
      const bytes = block as Uint8Array;
      if (done + bytes.length > Math.min(total ?? MAX_BYTES, MAX_BYTES))
        throw refused(url, response.status, 'it sends too much');
      await handle.write(bytes, 0, bytes.length, done);
      done += bytes.length;
      onBytes(done, total);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (total !== null && done < total) throw new Error(`it ended after ${done} of ${total} bytes`);
}

async function check(
  file: string,
  url: string,
  { algorithm, hex }: NonNullable<DownloadOptions['checksum']>,
): Promise<void> {
  const hash = createHash(algorithm);
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  const found = hash.digest('hex');
  if (found === hex) return;
  // To go on with it would give the same file again.
  await rm(file, { force: true });
  const title = algorithm === 'sha256' ? 'SHA-256' : 'MD5';
  throw new UserError({
    code: 'failed',
    message: `What ${url} sent is not the published file: its ${title} is ${found}, not ${hex}`,
    where: url,
    hint: 'Try again; a proxy may have answered in its place',
  });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

/** `fetch failed` hides why; the cause has it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function unreachable(url: string, error: unknown): UserError {
  return new UserError({
    code: 'unavailable',
    message: `${url} cannot be downloaded: ${reasonOf(error)}`,
    where: url,
    hint: `Fetch it with a browser and add the file: depthlab data add ${basename(new URL(url).pathname)}`,
  });
}

function refused(url: string, status: number, what = `the server answered ${status}`): UserError {
  return new UserError({
    code: 'unavailable',
    message: `${url} cannot be downloaded: ${what}`,
    where: url,
    hint: `Fetch it with a browser and add the file: depthlab data add ${basename(new URL(url).pathname)}`,
  });
}
