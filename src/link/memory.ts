import type { Channel } from './channel.ts';
import { createInbox } from './inbox.ts';

/**
 * Two ends inside one process. Messages are cloned, as every other channel does, and arrive in a later microtask,
 * so that no caller can come to depend on what a process boundary would not give.
 */
export function createMemoryChannel<ToLeft, ToRight>(): [Channel<ToLeft, ToRight>, Channel<ToRight, ToLeft>] {
  const left = createInbox<ToLeft>();
  const right = createInbox<ToRight>();
  const close = () => {
    left.close();
    right.close();
  };
  const end = <Incoming, Outgoing>(
    own: { onMessage: Channel<Incoming, Outgoing>['onMessage']; onClose: Channel<Incoming, Outgoing>['onClose'] },
    other: { deliver(message: Outgoing): void },
  ): Channel<Incoming, Outgoing> => ({
    send: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => other.deliver(copy));
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    close: () => queueMicrotask(close),
  });
  return [end<ToLeft, ToRight>(left, right), end<ToRight, ToLeft>(right, left)];
}
