import type { DecodedPicture } from '../decodePicture.ts';
import { createKernel, SLACK } from './kernel.ts';
import { samplesOf } from './samples.ts';

/** A picture whose rows may lie in those of a larger one. */
export interface ResizeSource extends DecodedPicture {
  /** From the beginning of a row to that of the next, in bytes; left out: the rows touch. */
  readonly stride?: number;
}

/** What of a picture is resampled, and to what size; the part may begin and end within a pixel. */
export interface Resampling {
  readonly part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly height: number;
  readonly width: number;
  readonly mirrored: boolean;
}

/**
 * Resamples a part of a picture of at most four channels into `target`, [height, width, channels], with a triangle filter as wide
 * as the step between samples: along its rows first, then down its columns. That is Pillow's `resize(size, BILINEAR, box)` to the
 * byte, but where Pillow begins with the columns, and then at most 1 apart.
 */
export function resizeInto(target: Uint8Array, picture: ResizeSource, resampling: Resampling): void {
  const { part, height, width, mirrored } = resampling;
  const { channels } = picture;
  const own = { size: picture.width, start: part.left, length: part.width, wanted: width, mirrored };
  const columns = samplesOf(own, channels);
  const [ownRow, narrowRow] = [picture.width * channels, width * channels];
  const { stride = ownRow } = picture;
  const sourceEnd = (picture.height - 1) * stride + ownRow;
  const rows = samplesOf(
    { size: picture.height, start: part.top, length: part.height, wanted: height, mirrored: false },
    narrowRow,
  );
  const blockRows = Math.max(1, Math.min(picture.height, Math.floor(BLOCK_BYTES / stride)));

  let end = 0;
  const place = (bytes: number) => {
    const start = end;
    end += Math.ceil((bytes + SLACK) / 16) * 16;
    return start;
  };
  const columnsAt = place(columns.integers.byteLength);
  const rowsAt = place(rows.integers.byteLength);
  const block = place(blockRows * stride);
  const narrow = place(picture.height * narrowRow);
  const result = place(height * narrowRow);
  const { kernel, memory } = kernelWith(end);
  const bytes = new Uint8Array(memory.buffer);
  const put = (at: number, { integers }: typeof rows) => new Int32Array(memory.buffer, at).set(integers);
  put(columnsAt, columns);
  put(rowsAt, rows);
  for (let first = 0; first < picture.height; first += blockRows) {
    const source = picture.pixels.subarray(first * stride, Math.min((first + blockRows) * stride, sourceEnd));
    bytes.set(source, block);
    kernel.horizontal(
      block,
      block + source.length,
      stride,
      channels,
      columnsAt,
      columnsAt + columns.integers.byteLength,
      columns.step,
      narrow + first * narrowRow,
    );
  }
  kernel.vertical(narrow, narrowRow, rowsAt, rowsAt + rows.integers.byteLength, rows.step, result);
  target.set(bytes.subarray(result, result + height * narrowRow));
}

/** The largest centred part of a picture that has the wanted sides' ratio, resampled to them. */
export function cropAndResize(picture: DecodedPicture, height: number, width: number): DecodedPicture {
  const scale = Math.min(picture.height / height, picture.width / width);
  const own = { height: height * scale, width: width * scale };
  const part = { ...own, top: (picture.height - own.height) / 2, left: (picture.width - own.width) / 2 };
  const pixels = new Uint8Array(height * width * picture.channels);
  resizeInto(pixels, picture, { part, height, width, mirrored: false });
  return { height, width, channels: picture.channels, pixels };
}

/** Rows of a picture are copied to the kernel's memory in blocks that stay in a core's cache. */
const BLOCK_BYTES = 256 * 1024;
const PAGE_BYTES = 64 * 1024;

let loaded: ReturnType<typeof createKernel> | undefined;

/** This thread's kernel, with at least so many bytes of memory. */
function kernelWith(bytes: number) {
  loaded ??= createKernel();
  const missing = bytes - loaded.memory.buffer.byteLength;
  if (missing > 0) loaded.memory.grow(Math.ceil(missing / PAGE_BYTES));
  return loaded;
}
