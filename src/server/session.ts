import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
/** A code that nobody used becomes worthless after this long. */
const CODE_LIFETIME_MS = 15 * 60 * 1000;

/** The secrets of one start of the server; they are kept in memory only and end with it. */
export interface Session {
  /** A new one-time code; the one before is worthless from now on. */
  newCode(): string;
  /** Swaps the current code for the token; null for any other text, and the second time. */
  redeem(code: string): string | null;
  isToken(candidate: string): boolean;
}

/** `now` gives monotonic milliseconds. */
export function createSession(now: () => number = () => performance.now()): Session {
  const token = randomSecret();
  let code: { value: string; madeAt: number } | null = null;
  return {
    newCode() {
      code = { value: randomSecret(), madeAt: now() };
      return code.value;
    },
    redeem(candidate) {
      if (!code || now() - code.madeAt > CODE_LIFETIME_MS || !sameSecret(candidate, code.value)) return null;
      code = null;
      return token;
    },
    isToken: (candidate) => sameSecret(candidate, token),
  };
}

function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
