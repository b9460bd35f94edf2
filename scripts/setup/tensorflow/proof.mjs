import { runCommand, tail } from '../command.mjs';
import { root } from '../paths.mjs';

/** Node 23 dropped `util.isNullOrUndefined`, which the package's eager kernels call. */
const program = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf = require('@tensorflow/tfjs-node-gpu');
  const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
  if (tf.getBackend() !== 'tensorflow' || product.join() !== '19,22,43,50') {
    throw new Error('TensorFlow computed ' + product.join() + ' on ' + tf.getBackend());
  }
  if (process.argv[1] === 'gpu' && !tf.backend().isUsingGpuDevice) {
    throw new Error('TensorFlow found no GPU that it can use');
  }
`;

/**
 * Loads TensorFlow in a Node process of its own and multiplies two matrices.
 * @param {string} node the Node that will run it
 * @param {'cpu' | 'gpu'} variant `gpu`: it must have found a GPU
 * @returns {Promise<string | undefined>} what went wrong, or undefined
 */
export async function proveTensorflow(node, variant) {
  const { code, output } = await runCommand(node, ['-e', program, variant], {
    cwd: root,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' },
    timeoutMs: 120_000,
  });
  return code === 0 ? undefined : tail(output);
}
