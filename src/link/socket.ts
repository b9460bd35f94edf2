import type { Socket } from 'node:net';
import type { Channel } from './channel.ts';
import { decode, encode } from './codec.ts';
import { createInbox } from './inbox.ts';

/** The largest message that a socket carries, bytes; a sender of more is cut off. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const HEADER_BYTES = 4;

/** A channel over a stream socket: each message is its length (32 bits, big-endian) and its text in UTF-8. */
export function socketChannel<Incoming, Outgoing>(socket: Socket): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  let pieces: Buffer[] = [];
  let received = 0;
  let wanted = HEADER_BYTES;
  let inHeader = true;

  const takeFrame = (frame: Buffer) => {
    if (inHeader) {
      wanted = frame.readUInt32BE(0);
      if (wanted > MAX_FRAME_BYTES) throw new RangeError('The message is too long');
    } else {
      inbox.deliver(decode(frame.toString('utf8')) as Incoming);
      wanted = HEADER_BYTES;
    }
    inHeader = !inHeader;
  };

  socket.on('data', (piece: Buffer) => {
    pieces.push(piece);
    received += piece.length;
    try {
      while (received >= wanted) {
        const all = Buffer.concat(pieces);
        const frame = all.subarray(0, wanted);
        pieces = [all.subarray(wanted)];
        received -= wanted;
        takeFrame(frame);
      }
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => inbox.close());

  return {
    send: (message) => {
      if (socket.destroyed || socket.writableEnded) return;
      const text = Buffer.from(encode(message), 'utf8');
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32BE(text.length);
      socket.write(Buffer.concat([header, text]));
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => socket.end(),
  };
}
