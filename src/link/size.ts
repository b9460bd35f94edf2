/** The largest request that a server reads, bytes, and how deep it may nest. */
export const MAX_REQUEST_BYTES = 1024 * 1024;
export const MAX_REQUEST_DEPTH = 16;

/**
 * Whether a message stays within the limits of a request. Counts two bytes a character and eight a value,
 * and stops counting at the limit, so that a hostile message costs no more than a legal one.
 */
export function isWithinLimits(message: unknown): boolean {
  let bytes = 0;
  const visit = (value: unknown, depth: number): boolean => {
    bytes += typeof value === 'string' ? 2 * value.length + 8 : 8;
    if (ArrayBuffer.isView(value)) bytes += value.byteLength;
    else if (value instanceof ArrayBuffer) bytes += value.byteLength;
    else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_REQUEST_DEPTH) return false;
      for (const [key, child] of Object.entries(value)) {
        bytes += 2 * key.length;
        if (bytes > MAX_REQUEST_BYTES || !visit(child, depth + 1)) return false;
      }
    }
    return bytes <= MAX_REQUEST_BYTES;
  };
  return visit(message, 0);
}
