import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from './random.ts';
import type { DiskCall } from './systemCalls.ts';

/**
 * What a power cut makes of what was not synced yet: all of it is lost; any half of it is lost; or, beside that, writes are
 * torn: some of their sectors are lost.
 */
export const CUTS = ['lost', 'half', 'torn'] as const;
export type Cut = (typeof CUTS)[number];

const SECTOR_BYTES = 512;

type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly size: number };

interface Inode {
  /** What a power cut leaves in any case. */
  synced: Buffer;
  /** Since then, in their order. */
  unsynced: Change[];
}

type FolderChange =
  | { readonly type: 'link'; readonly path: string; readonly inode: Inode | 'folder' }
  | { readonly type: 'unlink'; readonly path: string };

/**
 * A disk that keeps its promises and no more, as POSIX has them: bytes are safe after the file's own sync, names after that of their
 * folder. Names become safe in their order, as journals make them.
 */
export class Disk {
  readonly #root: string;
  readonly #names = new Map<string, Inode | 'folder'>();
  readonly #synced = new Map<string, Inode | 'folder'>();
  #unsynced: FolderChange[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** Makes the call happen. */
  apply(call: Exclude<DiskCall, { type: 'said' }>): void {
    const inode = this.#names.get(call.path);
    switch (call.type) {
      case 'create':
        if (inode === undefined) this.#link(call.path, { synced: Buffer.alloc(0), unsynced: [] });
        else if (call.truncates && inode !== 'folder') inode.unsynced.push({ size: 0 });
        return;
      case 'folder':
        return this.#link(call.path, 'folder');
      case 'write':
        if (inode !== undefined && inode !== 'folder') inode.unsynced.push({ offset: call.offset, bytes: call.bytes });
        return;
      case 'truncate':
        if (inode !== undefined && inode !== 'folder') inode.unsynced.push({ size: call.size });
        return;
      case 'sync':
        return this.#sync(call.path, inode);
      case 'rename':
        this.#unlink(call.path);
        return this.#link(call.to, inode!);
      case 'unlink':
        return this.#unlink(call.path);
    }
  }

  #link(path: string, inode: Inode | 'folder'): void {
    this.#names.set(path, inode);
    this.#unsynced.push({ type: 'link', path, inode });
  }

  #unlink(path: string): void {
    this.#names.delete(path);
    this.#unsynced.push({ type: 'unlink', path });
  }

  #sync(path: string, inode: Inode | 'folder' | undefined): void {
    if (inode !== undefined && inode !== 'folder') {
      inode.synced = inode.unsynced.reduce(changed, inode.synced);
      inode.unsynced = [];
      return;
    }
    const isHere = (change: FolderChange) => dirname(change.path) === path;
    this.#unsynced.filter(isHere).forEach((change) => enter(this.#synced, change));
    this.#unsynced = this.#unsynced.filter((change) => !isHere(change));
  }

  /** Writes what a power cut at this moment leaves to a folder. */
  cut(how: Cut, random: Random, target: string): void {
    const names = new Map(this.#synced);
    const kept = how === 'lost' ? 0 : random.below(this.#unsynced.length + 1);
    this.#unsynced.slice(0, kept).forEach((change) => enter(names, change));
    for (const [path, inode] of names) {
      const place = join(target, relative(this.#root, path));
      if (!this.#isReachable(path, names)) continue;
      mkdirSync(inode === 'folder' ? place : dirname(place), { recursive: true });
      if (inode !== 'folder') writeFileSync(place, left(inode, how, random));
    }
  }

  /** A file whose folder's own name is lost is lost. */
  #isReachable(path: string, names: ReadonlyMap<string, Inode | 'folder'>): boolean {
    const folder = dirname(path);
    return folder === this.#root || (names.get(folder) === 'folder' && this.#isReachable(folder, names));
  }
}

function enter(names: Map<string, Inode | 'folder'>, change: FolderChange): void {
  if (change.type === 'link') names.set(change.path, change.inode);
  else names.delete(change.path);
}

function changed(bytes: Buffer, change: Change): Buffer {
  if ('size' in change) {
    const cut = Buffer.alloc(change.size);
    bytes.copy(cut);
    return cut;
  }
  const end = change.offset + change.bytes.length;
  const result = Buffer.alloc(Math.max(bytes.length, end));
  bytes.copy(result);
  change.bytes.copy(result, change.offset);
  return result;
}

function left({ synced, unsynced }: Inode, how: Cut, random: Random): Buffer {
  if (how === 'lost') return synced;
  return unsynced
    .filter(() => random.fraction() < 0.5)
    .flatMap((change) => (how === 'torn' && 'bytes' in change ? sectors(change, random) : [change]))
    .reduce(changed, synced);
}

/** The sectors of a write that reached the disk. */
function sectors({ offset, bytes }: { readonly offset: number; readonly bytes: Buffer }, random: Random): Change[] {
  const result: Change[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + SECTOR_BYTES - ((offset + start) % SECTOR_BYTES));
    if (random.fraction() < 0.5) result.push({ offset: offset + start, bytes: bytes.subarray(start, end) });
    start = end;
  }
  return result;
}
