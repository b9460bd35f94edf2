import { setTimeout as sleep } from 'node:timers/promises';

/** The page's request and the main process's word of what was chosen come by two roads: either may be first. */
const WAIT_MS = 2000;
const LOOK_MS = 20;

/** Files and folders that the user chose in a native dialog or dropped, by the handles that the page knows them by. */
export function createPickedPaths() {
  const paths = new Map<string, string>();
  return {
    add: ({ handle, path }: { readonly handle: string; readonly path: string }): void => void paths.set(handle, path),
    async pathOf(handle: string): Promise<string | null> {
      for (let waited = 0; waited < WAIT_MS && !paths.has(handle); waited += LOOK_MS) await sleep(LOOK_MS);
      return paths.get(handle) ?? null;
    },
  };
}
