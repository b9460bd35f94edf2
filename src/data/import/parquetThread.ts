import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { FromParquetThread, ParquetRow, RowsWanted } from './parquetMessages.ts';

/**
 * Reads one Parquet file in a thread of its own: its library was not written for damaged files, and may go round in circles in
 * one; then the thread is ended.
 */

const { file } = workerData as { readonly file: string };

function tell(message: FromParquetThread, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

async function openBuffer(): Promise<AsyncBuffer> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
        if (bytesRead === 0) throw new Error('it has become shorter while it was read');
        done += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

/** `bytes` are copied out of the block that they came in, which would stay in memory for them. */
function rowOf(label: unknown, image: unknown): ParquetRow {
  const own = typeof image === 'object' && image !== null && 'bytes' in image ? image.bytes : image;
  return {
    label: typeof label === 'number' || typeof label === 'bigint' ? Number(label) : null,
    bytes: own instanceof Uint8Array ? Uint8Array.from(own) : null,
  };
}

async function readRows(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  { image, label, first, end }: RowsWanted,
): Promise<void> {
  const columns = [image, label];
  const wanted = { file: buffer, metadata, columns, rowStart: first, rowEnd: end, utf8: false, compressors };
  const found = await parquetReadObjects(wanted);
  const rows = found.map((row) => rowOf(row[label], row[image]));
  tell(
    { type: 'rows', rows },
    rows.flatMap(({ bytes }) => (bytes === null ? [] : [bytes.buffer])),
  );
}

const opened = await attempt(async () => {
  const buffer = await openBuffer();
  const metadata = await parquetMetadataAsync(buffer);
  const facts = {
    names: metadata.schema.slice(1).map(({ name }) => name),
    rowGroups: metadata.row_groups.map(({ num_rows: rows }) => Number(rows)),
    notes: metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value ?? null,
  };
  tell({ type: 'opened', facts });
  return { buffer, metadata };
});
parentPort?.on('message', (wanted: RowsWanted) => {
  if (opened) void attempt(() => readRows(opened.buffer, opened.metadata, wanted));
});
