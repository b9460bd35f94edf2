import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UserError } from '../../contract/errors.ts';
import { refusal } from './refusal.ts';

/** What an archive of a known layout may hold: the base names of its members, with the largest size of each. */
export type Layout = ReadonlyMap<string, number>;

export interface Member {
  /** Its base name, which is one of the layout's. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** For headers, and for members that are passed over. */
const SPARE_BYTES = 10_000_000;
/** To find the first members: more than the largest published one and the next together. */
const MOST_TO_RECOGNISE = 400_000_000;

/**
 * Gives the members of a .tar.gz that a layout knows, whole, one after another; nothing is ever written to the disk. A member of
 * another name is passed over, a link or device of a known name is refused, and so are a second member of a name, one larger
 * than the layout allows, and whatever goes on after the layout's sizes would be used up. Throws a `UserError`.
 */
export async function* readArchive(file: string, layout: Layout): AsyncGenerator<Member> {
  const allowed = [...layout.values()].reduce((sum, size) => sum + size, SPARE_BYTES);
  const seen = new Set<string>();
  const { entries, ended, stop } = openArchive(file, allowed);
  try {
    for await (const entry of entries) {
      const { name: path, size, type } = entry.header;
      const name = baseName(path);
      const most = layout.get(name);
      if (most === undefined || type === 'directory') {
        entry.resume();
        continue;
      }
      if (type !== 'file') throw refusal(file, `has a ${type} in the place of ${name}`);
      if (seen.has(name)) throw refusal(file, `has ${name} twice`);
      if (size > most) throw refusal(file, `has ${size} bytes of ${name}, more than the ${most} of its layout`);
      seen.add(name);
      const blocks: Buffer[] = [];
      for await (const block of entry) blocks.push(block as Buffer);
      yield { name, bytes: Buffer.concat(blocks) };
    }
  } catch (error) {
    stop();
    // What went wrong in the stream says more than that its reader found it closed.
    const cause = error instanceof UserError ? error : ((await ended) ?? error);
    if (cause instanceof UserError) throw cause;
    const what = cause instanceof Error ? cause.message : String(cause);
    throw refusal(file, `is damaged or was not downloaded whole: ${what}`, 'Download it again');
  } finally {
    stop();
  }
}

/** The base names of the first members of a .tar.gz, to recognise it by; fewer or none where it is damaged. */
export async function firstMembers(file: string, count: number): Promise<string[]> {
  const names: string[] = [];
  const { entries, ended, stop } = openArchive(file, MOST_TO_RECOGNISE);
  try {
    for await (const entry of entries) {
      if (entry.header.type === 'file') names.push(baseName(entry.header.name));
      if (names.length === count) break;
      entry.resume();
    }
  } catch {
    // Whatever it is, it is no archive that could be read to here.
  }
  stop();
  await ended;
  return names;
}

/** The members, what ended the stream (null: its end), and how to stop it before. */
function openArchive(file: string, allowed: number) {
  const source = createReadStream(file);
  const entries = extract();
  let left = allowed;
  const limit = new Transform({
    transform(block: Buffer, _encoding, done) {
      left -= block.length;
      if (left < 0) done(refusal(file, 'unpacks to far more than such an archive holds'));
      else done(null, block);
    },
  });
  const ended = pipeline(source, createGunzip(), limit, entries).then(
    () => null,
    (error: unknown) => {
      entries.destroy();
      return error;
    },
  );
  return { entries, ended, stop: () => source.destroy() };
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? '';
}
