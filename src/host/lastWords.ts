import type { Readable } from 'node:stream';

const MAX_LINES = 20;
const MAX_CHARACTERS = 4000;

/** Keeps the end of what a process writes; returns a function that gives its last lines. */
export function keepLastWords(stream: Readable | null): () => string[] {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (piece: string) => {
    text = (text + piece).slice(-MAX_CHARACTERS);
  });
  return () =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .slice(-MAX_LINES);
}
