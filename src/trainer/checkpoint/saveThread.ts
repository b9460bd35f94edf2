import { parentPort } from 'node:worker_threads';
import { ownMemory, type SaveAnswer, type SaveTask } from './saver.ts';
import { isOutOfSpace, refusal, writeParts } from './writeFile.ts';

/** A thread that hashes, writes and syncs checkpoints, so that training goes on meanwhile. */

function answerTo(task: SaveTask): SaveAnswer {
  try {
    return { type: 'written', file: writeParts(task.folder, task.name, task.parts) };
  } catch (error) {
    const data = refusal(error, task.folder, task.name).toData();
    return isOutOfSpace(error) ? { type: 'full', error: data, task } : { type: 'failed', error: data };
  }
}

parentPort?.on('message', (task: SaveTask) => {
  const answer = answerTo(task);
  parentPort?.postMessage(answer, answer.type === 'full' ? ownMemory(task.parts) : []);
});
