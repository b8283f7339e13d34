/**
 * Lets Node find modules as a browser does: `geoportal/<app>/static` are one tree, so an address
 * that leads from one app's folder into another's is looked for in all of them.
 */

import { existsSync, readdirSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const STATIC = /^(.*\/geoportal)\/[^/]+\/static\/(.*)$/;

export async function resolve(specifier, context, next) {
  if (specifier.startsWith(".") && context.parentURL) {
    const [, root, path] = STATIC.exec(new URL(specifier, context.parentURL).pathname) ?? [];
    if (root) {
      const places = readdirSync(fileURLToPath(`file://${root}`)).map(
        (app) => `${root}/${app}/static/${path}`,
      );
      const found = places.find((place) => existsSync(decodeURI(place)));
      if (found) return next(pathToFileURL(decodeURI(found)).href, context);
    }
  }
  return next(specifier, context);
}

if (!globalThis.staticRootsRegistered) {
  globalThis.staticRootsRegistered = true;
  register(import.meta.url);
}
