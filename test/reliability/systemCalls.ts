/** One call of a process that changes a disk, or that says something on its standard output. */
export type DiskCall =
  | { readonly type: 'create'; readonly path: string; readonly truncates: boolean }
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly type: 'truncate'; readonly path: string; readonly size: number }
  | { readonly type: 'sync'; readonly path: string }
  | { readonly type: 'rename'; readonly path: string; readonly to: string }
  | { readonly type: 'unlink'; readonly path: string }
  | { readonly type: 'said'; readonly text: string };

/** The options of strace under which it writes what `readCalls` reads. */
export const STRACE = [
  'strace',
  ...['-y', '-xx', '-s', '10000000'],
  ...['-e', 'trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink,mkdir'],
];

const CALL = /^(\w+)\((.*)\) = (-?\d+)/;
const STANDARD_OUTPUT = 1;

/** Reads a log of strace. Paths below `folder` alone count; calls that failed changed nothing. */
export function readCalls(log: string, folder: string): DiskCall[] {
  const positions = new Map<string, number>();
  return log.split('\n').flatMap((line) => {
    const [, name, given, result] = CALL.exec(line) ?? [];
    if (name === undefined || given === undefined || Number(result) < 0) return [];
    const call = toCall(name, given, positions);
    return call !== null && (call.type === 'said' || call.path.startsWith(folder)) ? [call] : [];
  });
}

function toCall(name: string, given: string, positions: Map<string, number>): DiskCall | null {
  const texts = [...given.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) => unescape(text!));
  const path = texts[0]?.toString() ?? '';
  const descriptor = Number.parseInt(given, 10);
  const open = unescape(/<((?:\\x[0-9a-f]{2})*)>/.exec(given)?.[1] ?? '').toString();
  const number = Number(/, (\d+)$/.exec(given)?.[1]);
  switch (name) {
    case 'openat':
      positions.set(path, 0);
      return given.includes('O_CREAT') ? { type: 'create', path, truncates: given.includes('O_TRUNC') } : null;
    case 'mkdir':
      return { type: 'folder', path };
    case 'pwrite64':
      return { type: 'write', path: open, offset: number, bytes: texts[0]! };
    case 'write': {
      const bytes = texts[0]!;
      if (descriptor === STANDARD_OUTPUT) return { type: 'said', text: bytes.toString() };
      const offset = positions.get(open) ?? 0;
      positions.set(open, offset + bytes.length);
      return { type: 'write', path: open, offset, bytes };
    }
    case 'ftruncate':
      return { type: 'truncate', path: open, size: number };
    case 'fsync':
    case 'fdatasync':
      return { type: 'sync', path: open };
    case 'rename':
      return { type: 'rename', path, to: texts[1]!.toString() };
    case 'unlink':
      return { type: 'unlink', path };
    default:
      return null;
  }
}

function unescape(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
