/**
 * The TensorFlow runtimes that set-up takes out of PyPI wheels, by variant and platform: every byte by SHA-256, the wheel
 * at its arrival and the two libraries again before each load.
 *
 * Only linux-x64 has been run. The other wheels were fetched and their members hashed, nothing more.
 *
 * @typedef {object} RuntimePin
 * @property {string} project the name on PyPI
 * @property {string} version
 * @property {string} tag platform tag of the wheel, so that every pip fetches the same file
 * @property {string} sha256 of the wheel
 * @property {number} bytes of the wheel
 * @property {number} unpackedBytes
 * @property {readonly PinnedLibrary[]} libraries
 *
 * @typedef {object} PinnedLibrary
 * @property {string} name its file name in the wheel's folder `tensorflow/`
 * @property {string} sha256
 */

/** @type {Readonly<Record<string, Readonly<Record<string, RuntimePin>>>>} */
export const runtimePins = {
  cpu: {
    'linux-x64': {
      project: 'tensorflow-cpu',
      version: '2.21.0',
      tag: 'manylinux_2_27_x86_64',
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      bytes: 273_829_956,
      unpackedBytes: 853_400_000,
      libraries: [
        {
          name: 'libtensorflow_cc.so.2',
          sha256: '6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e',
        },
        {
          name: 'libtensorflow_framework.so.2',
          sha256: 'f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b',
        },
      ],
    },
    'linux-arm64': {
      project: 'tensorflow',
      version: '2.21.0',
      tag: 'manylinux_2_27_aarch64',
      sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      bytes: 281_828_020,
      unpackedBytes: 883_100_000,
      libraries: [
        {
          name: 'libtensorflow_cc.so.2',
          sha256: '5f7de6ba6478ed7b83767a6e661e3e6e6931b05c64db14ba98250e52316a007c',
        },
        {
          name: 'libtensorflow_framework.so.2',
          sha256: 'deade33b9ab90ff468fd1d1f8f6079bec5a3a507cf2d13c3218aa8beec28aeb3',
        },
      ],
    },
    'darwin-arm64': {
      project: 'tensorflow',
      version: '2.21.0',
      tag: 'macosx_12_0_arm64',
      sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
      bytes: 223_405_849,
      unpackedBytes: 740_900_000,
      libraries: [
        {
          name: 'libtensorflow_cc.2.dylib',
          sha256: '753272d059c7be51f64369aaa8e12ac514ce372e0c4ba66f3cc49ec3b1c33384',
        },
        {
          name: 'libtensorflow_framework.2.dylib',
          sha256: 'e581d6db9e26f13e49327427e5d304cecbfe45d3467db7700e058857a4fd76bb',
        },
      ],
    },
  },
};

/**
 * @param {string} variant
 * @param {string} platform such as `linux-x64`; a musl Linux has no wheel
 * @returns {RuntimePin | undefined}
 */
export function runtimePin(variant, platform) {
  return runtimePins[variant]?.[platform];
}
