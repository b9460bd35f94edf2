import packageFile from '../../package.json' with { type: 'json' };

export const APPLICATION_VERSION: string = packageFile.version;
