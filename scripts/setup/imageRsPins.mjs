/** @julusian/image-rs 2.2.0 carries a binary for each platform inside its npm package: their names and SHA-256. */
/** @type {Readonly<Record<string, {readonly file: string, readonly sha256: string}>>} */
export const imageRsPins = {
  'darwin-arm64': {
    file: 'julusian-image-rs.darwin-arm64.node',
    sha256: '1d4152ac11b5422af791b2de62a2fd99c157afdfea916caa59dcd94abb83f5fd',
  },
  'darwin-x64': {
    file: 'julusian-image-rs.darwin-x64.node',
    sha256: 'e70dea7f550f4e916da85da5b67a3b7f84046a7823e213ff56bf7935be64a381',
  },
  'linux-arm64': {
    file: 'julusian-image-rs.linux-arm64-gnu.node',
    sha256: '2e68b5fb9f658d79068702dd5b0a77d27b05eb388264eb4f33cc1460bf4b8033',
  },
  'linux-x64': {
    file: 'julusian-image-rs.linux-x64-gnu.node',
    sha256: '3074b378f2b5ef26fb68fb4e70640868e8ba514e32c1ddd7e1133f68a4c0408a',
  },
  'linuxmusl-arm64': {
    file: 'julusian-image-rs.linux-arm64-musl.node',
    sha256: 'f9a1955d8b079eb70be34bbdb12f4246037e66ba5897858aeccfe82f5d4c5af3',
  },
  'linuxmusl-x64': {
    file: 'julusian-image-rs.linux-x64-musl.node',
    sha256: 'c65690d782bd6818f4f3125c352b866ec5c54386fb0c3b92076b6165560e927e',
  },
  'win32-arm64': {
    file: 'julusian-image-rs.win32-arm64-msvc.node',
    sha256: '8da4f82aba8a5d149cd8c6f4490526e2ca72dc65f7d012d6893ec80b7f8398fe',
  },
  'win32-x64': {
    file: 'julusian-image-rs.win32-x64-msvc.node',
    sha256: 'c8170417922af2c1a79cfeeb6dd74e5044c23c5a3c43576f4169e4720a92136b',
  },
};
