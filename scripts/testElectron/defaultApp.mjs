// Stands in for the default app of Electron's own distribution: `electron [flags] [-r module] APP [arguments]`.
// A module, so that Electron holds `ready` back until the application's own modules are loaded.
import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { application, preloaded } = parse(process.argv.slice(1));
if (preloaded.length > 0) Module._preloadModules(preloaded);
if (application === undefined) {
  console.error('usage: electron APP');
  app.exit(2);
} else {
  process.defaultApp = true;
  await import(pathToFileURL(mainOf(resolve(application))).href);
}

function parse(words) {
  const preloaded = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '-r' || words[i] === '--require') preloaded.push(words[++i]);
    else if (!words[i].startsWith('-')) return { application: words[i], preloaded };
  }
  return { application: undefined, preloaded };
}

function mainOf(path) {
  if (!statSync(path).isDirectory()) {
    app.setAppPath(dirname(path));
    return path;
  }
  const description = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setAppPath(path);
  if (description.version) app.setVersion?.(description.version);
  if (description.productName || description.name) app.setName(description.productName || description.name);
  return join(path, description.main || 'index.js');
}
