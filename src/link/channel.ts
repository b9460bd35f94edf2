/**
 * Two ends that pass whole messages in order. Typed arrays cross every channel unharmed, and so do NaN and infinities.
 * A channel validates nothing: whoever reads from it parses what arrives against its contract schema.
 */
export interface Channel<Incoming, Outgoing> {
  send(message: Outgoing): void;
  /** Messages that arrive before the first listener is set are kept for it. */
  onMessage(listener: (message: Incoming) => void): void;
  /** Called once when the other end is gone, whatever the reason. */
  onClose(listener: () => void): void;
  close(): void;
}
