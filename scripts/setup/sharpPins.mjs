/**
 * sharp 0.35.5 and libvips 8.18.7 come as a package for each platform: their files of native code, from the folder `@img` on,
 * with their SHA-256.
 */
/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const sharpPins = {
  'darwin-arm64': {
    'sharp-darwin-arm64/lib/sharp-darwin-arm64-0.35.5.node':
      '791921f975371be33aed727e06283282cc001c960792eb52505b579fdaaf1b55',
    'sharp-libvips-darwin-arm64/lib/libvips-cpp.8.18.7.dylib':
      'c1a5b5633b21aeb8a229abf7d062e07e4d778c0b44ed43cd1f93362bda58c322',
  },
  'darwin-x64': {
    'sharp-darwin-x64/lib/sharp-darwin-x64-0.35.5.node':
      '16c50ce1fc533e96979c2d2a8f06f0daf3500255ca560402ddddb34a0da71d4c',
    'sharp-libvips-darwin-x64/lib/libvips-cpp.8.18.7.dylib':
      'fb2101ad991f683a46204ea0ac96a4269c4c93ecef023a0f841c93ebc9843353',
  },
  'linux-arm64': {
    'sharp-linux-arm64/lib/sharp-linux-arm64-0.35.5.node':
      '6c3c549bd1bae0fe0b34832917a39950abd4db8feea874f8447ed07cded7854b',
    'sharp-libvips-linux-arm64/lib/libvips-cpp.so.8.18.7':
      '97c2ae9a663cd3de58a34d68820994e49e0e261fddbd4616bd726a72610bbc8f',
  },
  'linux-x64': {
    'sharp-linux-x64/lib/sharp-linux-x64-0.35.5.node':
      'cf896cc1b7f3ae9c3e8eb3d7b2b198b8de2824ff7d0681d684bab5a825def335',
    'sharp-libvips-linux-x64/lib/libvips-cpp.so.8.18.7':
      '4aa73553408c3964071728f4a231a8e86918e39bc49f1fbae75355f7ea933ea9',
  },
  'linuxmusl-arm64': {
    'sharp-linuxmusl-arm64/lib/sharp-linuxmusl-arm64-0.35.5.node':
      'df8b81cc62b4a8546b01a52145d8ce3480de0f2e09d9d379e0fc8b79d864cb13',
    'sharp-libvips-linuxmusl-arm64/lib/libvips-cpp.so.8.18.7':
      '26e2e3405ac4e9ad4dbad4d5ac60a448a76561388782104492aa15fe3a0c0509',
  },
  'linuxmusl-x64': {
    'sharp-linuxmusl-x64/lib/sharp-linuxmusl-x64-0.35.5.node':
      '14ce8ddd283c101f225089152da805632568bfa372d336ccbfdd811f4f1dca02',
    'sharp-libvips-linuxmusl-x64/lib/libvips-cpp.so.8.18.7':
      '979b625437190a1970b835164e0e30d47dc60159ce6a394ce78cc40cb9d59ab8',
  },
  'win32-arm64': {
    'sharp-win32-arm64/lib/libvips-42.dll': 'c3ff47e1546127d60ca0964dcbe27541c0bf35517b97aca10dc6a82fb9c540b7',
    'sharp-win32-arm64/lib/libvips-cpp-8.18.7.dll': '966d3df5a7c8ab55d44d32f4bd7ed64d27b1a3a39fac5ccaf6a78c28e769e676',
    'sharp-win32-arm64/lib/sharp-win32-arm64-0.35.5.node':
      'a08a7d8162cc041c67dc8fa2a1f6122fc412dd3d3d0a90ec2efed1ebfb7a071b',
  },
  'win32-x64': {
    'sharp-win32-x64/lib/libvips-42.dll': '06dab07cc386748513337a31672b1d5269fbc770a14ff403080575665bf0813f',
    'sharp-win32-x64/lib/libvips-cpp-8.18.7.dll': '25001dbd05305a0a29119ab49933622c70b4a20ea12ef1d5d20ca40181db53bf',
    'sharp-win32-x64/lib/sharp-win32-x64-0.35.5.node':
      '971048779f9c8598df14641dfc03c625885c93f473a788e65ca2deb50d0b083e',
  },
};
