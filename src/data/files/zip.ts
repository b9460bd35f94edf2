import { crc32, inflateRawSync } from 'node:zlib';
import { UserError } from '../../contract/errors.ts';

const END = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 1;
const ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 10_000;
/** Deflate packs 258 bytes into two bits at best (RFC 1951, section 3.2.5). */
const MAX_DEFLATE_RATIO = 1032;

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The members of a ZIP archive that may be hostile (PKWARE APPNOTE 6.3: stored or deflated, also with ZIP64 sizes, of one
 * part, not encrypted). A name is only ever a key. Together the members take at most `maxBytes`, no bytes are unpacked twice,
 * and each member gives exactly the bytes that the archive says, with its checksum; a size that its packed bytes cannot give
 * is refused before anything is unpacked. Throws a `UserError`.
 */
export function readZip(bytes: Uint8Array, file: string, maxBytes: number): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = readDirectory(view, bytes);
    checkSizes([...entries.values()], bytes.length, maxBytes);
    return new Map([...entries].map(([name, entry]) => [name, unpack(view, bytes, entry)]));
  } catch (error) {
    // A RangeError: it points outside of itself, or its deflated data goes on beyond what it says.
    const what = error instanceof Refusal ? error.message : 'is damaged';
    throw new UserError({
      code: 'bad-input',
      message: `The archive ${file} ${what}`,
      where: file,
      hint: 'Save it with numpy.savez',
    });
  }
}

class Refusal extends Error {}

function checkSizes(entries: readonly Entry[], archiveBytes: number, maxBytes: number): void {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) throw new Refusal(`would take ${total} bytes, more than the ${maxBytes} allowed`);
  if (entries.some(({ size, packedSize }) => size > packedSize * MAX_DEFLATE_RATIO))
    throw new Refusal('is damaged: a member claims more than it can hold');
  if (entries.reduce((sum, { packedSize }) => sum + packedSize, 0) > archiveBytes)
    throw new Refusal('is damaged: its members overlap');
}

function readDirectory(view: DataView, bytes: Uint8Array): Map<string, Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw new Refusal(`has ${count} members`);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Refusal('is damaged');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const nameStart = at + ENTRY_BYTES;
    const extraStart = nameStart + nameLength!;
    const name = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(nameStart, extraStart));
    if (entries.has(name)) throw new Refusal(`has two members called ${JSON.stringify(name.slice(0, 100))}`);
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw new Refusal('is encrypted');
    const [packedSize, size, offset] = wideSizes(view, at, extraStart, extraLength!);
    const [method, checksum] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    entries.set(name, { method, checksum, packedSize, size, offset });
    at = extraStart + extraLength! + commentLength!;
  }
  return entries;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new Refusal('is no ZIP archive');
}

/** Packed size, size and offset; those that do not fit 32 bits stand in the ZIP64 extra field, in this order of its own. */
function wideSizes(view: DataView, entry: number, extraStart: number, extraLength: number): [number, number, number] {
  let [packedSize, size, offset] = [20, 24, 42].map((field) => view.getUint32(entry + field, true)) as [
    number,
    number,
    number,
  ];
  const extraEnd = extraStart + extraLength;
  for (let at = extraStart; at + 4 <= extraEnd; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_EXTRA) continue;
    let from = at + 4;
    const wide = () => {
      from += 8;
      return Number(view.getBigUint64(from - 8, true));
    };
    if (size === ZIP64) size = wide();
    if (packedSize === ZIP64) packedSize = wide();
    if (offset === ZIP64) offset = wide();
  }
  return [packedSize, size, offset];
}

function unpack(view: DataView, bytes: Uint8Array, { method, checksum, packedSize, size, offset }: Entry): Uint8Array {
  if (view.getUint32(offset, true) !== LOCAL) throw new Refusal('is damaged');
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + packedSize);
  if (packed.length !== packedSize || (method === STORED && packedSize !== size)) throw new Refusal('is damaged');
  if (method !== STORED && method !== DEFLATED) throw new Refusal(`is packed by method ${method}`);
  const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  if (content.length !== size || crc32(content) !== checksum) throw new Refusal('is damaged: a checksum is wrong');
  return content;
}
