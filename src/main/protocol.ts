import { protocol } from 'electron';
import { listPageFiles } from '../host/page/files.ts';
import { PAGE_HEADERS } from '../host/page/policy.ts';

export const PAGE_ORIGIN = 'app://depthlab';

/** Must run before the application is ready: makes `app:` a secure scheme with an origin of its own. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page at `app://depthlab`; nothing else on the disk has an address. */
export function servePage(pageFolder: string): void {
  const fileAt = listPageFiles(pageFolder);
  protocol.handle('app', (request) => {
    const url = new URL(request.url);
    const file = url.host === 'depthlab' && request.method === 'GET' ? fileAt(url.pathname) : null;
    if (!file) return new Response('There is no such file', { status: 404, headers: PAGE_HEADERS });
    const body = new Uint8Array(file.read());
    return new Response(body, { headers: { ...PAGE_HEADERS, 'Content-Type': file.contentType } });
  });
}
