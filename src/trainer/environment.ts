import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, hostname, release, totalmem, type } from 'node:os';
import { listGpus } from '../../scripts/setup/gpus.mjs';
import packageFile from '../../package.json' with { type: 'json' };
import type { EnvironmentEntry } from '../contract/run.ts';
import type { TrainingSession } from './session.ts';

/** What a run is trained on: recorded with it, so that a difference between two runs can be traced. */
export function describeEnvironment(session: Pick<TrainingSession, 'device' | 'backendVersion'>): EnvironmentEntry[] {
  const threads = process.env['TF_NUM_INTRAOP_THREADS'];
  // Outside Electron some of them are missing.
  const versions: Readonly<Record<string, string | undefined>> = process.versions;
  const found: Readonly<Record<string, string | undefined>> = {
    depthlab: packageFile.version,
    node: versions['node'],
    electron: versions['electron'],
    tensorflow: session.backendVersion,
    device: session.device,
    gpu: session.device === 'GPU' ? listGpus()[0] : undefined,
    processor: cpus()[0]?.model.trim(),
    cores: String(availableParallelism()),
    threads: threads ?? String(availableParallelism()),
    memoryBytes: String(totalmem()),
    system: `${type()} ${release()} ${process.arch}`,
    host: hostname(),
    ...workingFolder(),
  };
  return Object.entries(found).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [{ name, value }],
  );
}

/** The commit of the folder that the application was started in; nothing where that is no git working tree. */
function workingFolder(): Record<string, string> {
  const git = (...options: string[]) =>
    execFileSync('git', options, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const gitCommit = git('rev-parse', 'HEAD');
    const isClean = git('status', '--porcelain', '--untracked-files=no') === '';
    return { gitCommit, gitTree: isClean ? 'clean' : 'modified' };
  } catch {
    // No git, no repository, no commit yet, or a repository too slow to ask: then there is no commit to record.
    return {};
  }
}
