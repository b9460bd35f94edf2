import { readSync } from 'node:fs';
import type { UserError } from '../../contract/errors.ts';
import { decodeHeader, headerLength, LENGTH_BYTES, type SafetensorsHeader } from './safetensorsHeader.ts';

/** An open safetensors file whose tensors are read piece by piece. */
export interface TensorFile {
  readonly header: SafetensorsHeader;
  /** Reads bytes of a tensor, from `start` within it on, into `target`; throws where the file ends before that. */
  readInto(tensor: string, start: number, target: Uint8Array): void;
}

/** `handle` is open for reading and has `fileBytes` bytes. What is wrong with the file is thrown as `refuse` makes it. */
export function openTensorFile(handle: number, fileBytes: number, refuse: (what: string) => UserError): TensorFile {
  const fail = (what: string): never => {
    throw refuse(what);
  };
  const read = (position: number, target: Uint8Array) => {
    for (let done = 0; done < target.length;) {
      const length = readSync(handle, target, done, target.length - done, position + done);
      if (length === 0) fail('it ends too early');
      done += length;
    }
  };
  const first = new Uint8Array(LENGTH_BYTES);
  if (fileBytes >= LENGTH_BYTES) read(0, first);
  const json = new Uint8Array(headerLength(first, fileBytes, fail));
  read(LENGTH_BYTES, json);
  const dataStart = LENGTH_BYTES + json.length;
  const header = decodeHeader(json, fileBytes - dataStart, fail);
  return {
    header,
    readInto: (tensor, start, target) => {
      const span = header.tensors.get(tensor);
      if (span === undefined || start + target.length > span.end - span.start) fail(`it has no such part of ${tensor}`);
      else read(dataStart + span.start + start, target);
    },
  };
}
