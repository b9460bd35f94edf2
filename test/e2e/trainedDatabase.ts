import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database with a study of four finished runs: V1 and V2, 8 and 14 layers, one epoch. */
    trainedDatabase: string;
  }
}

const CLI = resolve(import.meta.dirname, '../../out/main/cli.js');
const STUDY = ['study', '--depths', '8,14', '--seeds', '1', '--epochs', '1', '--name', 'A small study'];

/** Trains once what the specs then copy: real runs, so that every view has something real to show. */
export default async function trainDatabase(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-trained-'));
  const database = join(folder, 'runs.db');
  await promisify(execFile)(process.execPath, [CLI, ...STUDY, '--db', database], {
    env: { ...process.env, DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder },
  });
  project.provide('trainedDatabase', database);
  return () => rmSync(folder, { recursive: true, force: true });
}
