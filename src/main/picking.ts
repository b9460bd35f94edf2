import { dialog, ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import * as v from 'valibot';
import { isOwnFrame } from './security.ts';

/** What the page learns of a file or folder that its user chose: a handle for it, and the name to show. */
export interface Picked {
  readonly handle: string;
  readonly name: string;
}

interface PickingOptions {
  readonly window: () => BrowserWindow | null;
  /** Tells the host what a handle stands for. */
  readonly announce: (handle: string, path: string) => void;
}

const Kind = v.picklist(['file', 'folder']);
const DroppedPath = v.pipe(v.string(), v.minLength(1));

/** Lets the page ask for a native dialog, and take what was dropped on it. Paths stay here and in the host. */
export function installPicking({ window, announce }: PickingOptions): void {
  const pick = (path: string): Picked => {
    const handle = randomUUID();
    announce(handle, path);
    return { handle, name: basename(path) };
  };
  const isOwn = ({ senderFrame }: IpcMainInvokeEvent) => isOwnFrame(senderFrame, window()?.webContents ?? null);

  ipcMain.handle('depthlab:pick', async (event, asked: unknown): Promise<Picked | null> => {
    const kind = v.safeParse(Kind, asked);
    const parent = window();
    if (!isOwn(event) || !kind.success || parent === null) return null;
    const isFolder = kind.output === 'folder';
    const { filePaths } = await dialog.showOpenDialog(parent, {
      title: isFolder ? 'Add a folder of images' : 'Add a file of images',
      properties: [isFolder ? 'openDirectory' : 'openFile'],
    });
    const [path] = filePaths;
    return path === undefined ? null : pick(path);
  });
  ipcMain.handle('depthlab:dropped', (event, path: unknown): Picked | null => {
    const parsed = v.safeParse(DroppedPath, path);
    return isOwn(event) && parsed.success ? pick(parsed.output) : null;
  });
}
