/**
 * A set-up step that cannot go on, told so that its reader can act: which step, why, and what to do.
 */
export class SetupFailure extends Error {
  /**
   * @param {string} step the step's name as the progress lines print it
   * @param {string} cause a sentence
   * @param {string} remedy a sentence
   */
  constructor(step, cause, remedy) {
    super(`Set-up stopped at "${step}". ${sentence(cause)} ${sentence(remedy)}`);
    this.name = 'SetupFailure';
    this.step = step;
    this.why = sentence(cause);
    this.remedy = sentence(remedy);
  }
}

/** @param {string} text */
function sentence(text) {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** What the tools that set-up calls (npm, pip, a compiler, Node itself) say when a known thing is wrong. */
const knownCauses = [
  {
    pattern: /ENOSPC|EDQUOT|no space left on device|disk quota exceeded|not enough space on the disk/i,
    cause: 'The disk is full',
    remedy: 'Free at least 3 GB on the disk that holds this folder and start again; finished steps are kept',
  },
  {
    pattern: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    cause: 'A file or folder cannot be written',
    remedy: 'Make this folder writable for your account (do not use sudo) and start again',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|getaddrinfo|name resolution|network is unreachable|NewConnectionError|ProxyError|Max retries exceeded|Read timed out|socket hang up|ERR_SOCKET_TIMEOUT|Connection (?:refused|reset|broken|timed out)|tunneling socket|fetch failed|\b(?:403 Forbidden|407 Proxy|502 Bad Gateway|503 Service)/i,
    cause: 'The network, or the server on it, did not answer',
    remedy: 'Check the connection (and the proxy settings of npm and pip) and start again; finished steps are kept',
  },
  {
    pattern: /CERT_|certificate verify failed|SELF_SIGNED|unable to get local issuer/i,
    cause: 'The certificate of the server was not trusted',
    remedy: 'Give npm (cafile) and pip (cert) the certificate of your network and start again',
  },
];

/**
 * The first known cause that a tool's output or an error names.
 * @param {string} text
 * @returns {{cause: string, remedy: string} | undefined}
 */
export function knownCause(text) {
  const found = knownCauses.find(({ pattern }) => pattern.test(text));
  return found && { cause: found.cause, remedy: found.remedy };
}

/**
 * Turns anything thrown inside a step into a SetupFailure.
 * @param {string} step
 * @param {unknown} error
 * @param {string} [remedy] what to do where the cause is none of the known ones
 */
export function toFailure(step, error, remedy = 'Start again; if it fails in the same way, report this message') {
  if (error instanceof SetupFailure) return error;
  const text = describe(error);
  const known = knownCause(text);
  return known
    ? new SetupFailure(step, `${known.cause} (${firstLine(text)})`, known.remedy)
    : new SetupFailure(step, firstLine(text), remedy);
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? `${String(error.code)} ` : '';
  return error.message.includes(code.trim()) ? error.message : code + error.message;
}

/** @param {string} text */
function firstLine(text) {
  return (text.trim().split('\n')[0] ?? '').slice(0, 300);
}
