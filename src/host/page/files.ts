import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** An address inside the application, such as `/runs/12`: the page itself answers it. */
const VIEW_ADDRESS = /^(?:\/[a-z0-9-]+){0,4}\/?$/;

export interface PageFile {
  readonly contentType: string;
  read(): Buffer;
}

/**
 * The files of the built page by their address. The folder is listed once: an address that is not in the list has no
 * file, so no request can name a path of its own. Addresses of views get the page itself; anything else gets null.
 */
export function listPageFiles(folder: string): (address: string) => PageFile | null {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || !contentType) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { contentType, read: () => readFileSync(path) });
  }
  return (address) => files.get(address) ?? (VIEW_ADDRESS.test(address) ? (files.get('/index.html') ?? null) : null);
}
