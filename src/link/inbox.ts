/** The receiving half of a channel: keeps what arrives before the first listener, and announces the end once. */
export interface Inbox<Incoming> {
  deliver(message: Incoming): void;
  close(): void;
  onMessage(listener: (message: Incoming) => void): void;
  onClose(listener: () => void): void;
}

export function createInbox<Incoming>(): Inbox<Incoming> {
  const messageListeners: ((message: Incoming) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let kept: Incoming[] = [];
  let closed = false;
  return {
    deliver(message) {
      if (closed) return;
      if (messageListeners.length === 0) kept.push(message);
      else messageListeners.forEach((listener) => listener(message));
    },
    close() {
      if (closed) return;
      closed = true;
      closeListeners.forEach((listener) => listener());
    },
    onMessage(listener) {
      messageListeners.push(listener);
      const early = kept;
      kept = [];
      early.forEach((message) => listener(message));
    },
    onClose(listener) {
      if (closed) listener();
      else closeListeners.push(listener);
    },
  };
}
