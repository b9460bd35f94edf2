/**
 * The TensorFlow runtimes that set-up takes out of PyPI wheels, by variant and platform: every byte by SHA-256, the wheel
 * at its arrival and the two libraries again before each load.
 *
 * Only linux-x64 has been run, its GPU runtime without a GPU. The other wheels were fetched and their members hashed,
 * nothing more.
 *
 * @typedef {object} WheelPin
 * @property {string} project the name on PyPI
 * @property {string} version
 * @property {string} tag platform tag of the wheel, so that every pip fetches the same file
 * @property {string} sha256 of the wheel
 * @property {number} bytes of the wheel
 * @property {number} unpackedBytes
 *
 * @typedef {object} RuntimeParts
 * @property {readonly PinnedLibrary[]} libraries
 * @property {readonly WheelPin[]} [companions] CUDA's libraries, which the GPU's TensorFlow loads when it finds them
 *
 * @typedef {WheelPin & RuntimeParts} RuntimePin
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
  gpu: {
    'linux-x64': {
      project: 'tensorflow',
      version: '2.21.0',
      tag: 'manylinux_2_27_x86_64',
      sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      bytes: 572_440_367,
      unpackedBytes: 1_261_100_000,
      libraries: [
        {
          name: 'libtensorflow_cc.so.2',
          sha256: '2889ecc99d7641620f41a4bea538f4dd4b626f75aa3e12623161ae939054191c',
        },
        {
          name: 'libtensorflow_framework.so.2',
          sha256: '98847c6f0448308159f6d3ff55e13a9e92978598c7fbb34cde63aadf35c6fe84',
        },
      ],
      companions: [
        {
          project: 'nvidia-cublas-cu12',
          version: '12.9.3.13',
          tag: 'manylinux_2_27_x86_64',
          sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
          bytes: 581_217_458,
          unpackedBytes: 855_064_416,
        },
        {
          project: 'nvidia-cuda-cupti-cu12',
          version: '12.8.90',
          tag: 'manylinux2014_x86_64',
          sha256: 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
          bytes: 10_248_621,
          unpackedBytes: 41_311_976,
        },
        {
          project: 'nvidia-cuda-nvcc-cu12',
          version: '12.9.86',
          tag: 'manylinux2010_x86_64',
          sha256: '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
          bytes: 40_546_229,
          unpackedBytes: 98_010_465,
        },
        {
          project: 'nvidia-cuda-nvrtc-cu12',
          version: '12.9.86',
          tag: 'manylinux2010_x86_64',
          sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
          bytes: 89_568_129,
          unpackedBytes: 227_340_992,
        },
        {
          project: 'nvidia-cuda-runtime-cu12',
          version: '12.9.79',
          tag: 'manylinux2014_x86_64',
          sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
          bytes: 3_493_179,
          unpackedBytes: 741_088,
        },
        {
          project: 'nvidia-cudnn-cu12',
          version: '9.28.0.42',
          tag: 'manylinux_2_27_x86_64',
          sha256: '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
          bytes: 716_538_495,
          unpackedBytes: 1_162_393_472,
        },
        {
          project: 'nvidia-cufft-cu12',
          version: '11.4.1.4',
          tag: 'manylinux2014_x86_64',
          sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
          bytes: 200_877_592,
          unpackedBytes: 293_609_416,
        },
        {
          project: 'nvidia-curand-cu12',
          version: '10.3.10.19',
          tag: 'manylinux_2_27_x86_64',
          sha256: '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
          bytes: 68_295_626,
          unpackedBytes: 166_965_432,
        },
        {
          project: 'nvidia-cusolver-cu12',
          version: '11.7.5.82',
          tag: 'manylinux_2_27_x86_64',
          sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
          bytes: 338_117_415,
          unpackedBytes: 494_975_064,
        },
        {
          project: 'nvidia-cusparse-cu12',
          version: '12.5.10.65',
          tag: 'manylinux2014_x86_64',
          sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
          bytes: 366_465_088,
          unpackedBytes: 486_556_368,
        },
        {
          project: 'nvidia-nccl-cu12',
          version: '2.32.3',
          tag: 'manylinux_2_27_x86_64',
          sha256: 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
          bytes: 351_526_311,
          unpackedBytes: 473_614_536,
        },
        {
          project: 'nvidia-nvjitlink-cu12',
          version: '12.9.86',
          tag: 'manylinux2010_x86_64',
          sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
          bytes: 39_748_338,
          unpackedBytes: 95_935_344,
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
