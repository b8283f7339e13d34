/**
 * MapLibre from its published sources, when static files are joined.
 *
 * Its own distribution is two files, for the page and for the worker, that say the same thing twice.
 * Joined as one graph, what both need is one file that is fetched once.
 */

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), "../../node_modules");
const MAPLIBRE = join(PACKAGES, "maplibre-gl");
const NOTICE =
  "/*! MapLibre GL JS, 3-Clause BSD: https://github.com/maplibre/maplibre-gl-js/blob/main/LICENSE.txt */\n";
const MATRICES = /import \{([\w, ]+)\} from 'gl-matrix';/g;

/** By the static name that modules import: the file that stands for it. */
export const sources = {
  "vendor/maplibre-gl/maplibre-gl.mjs": join(MAPLIBRE, "src/index.ts"),
  "vendor/maplibre-gl/maplibre-gl-worker.mjs": join(MAPLIBRE, "src/source/worker.ts"),
};

export const plugin = {
  name: "maplibre",
  setup(asked) {
    asked.onLoad({ filter: /maplibre-gl[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      const notice = Object.values(sources).includes(path) ? NOTICE : "";
      return { contents: notice + nameMatrices(contents), loader: "ts" };
    });
    // Of what npm reads, MapLibre asks for its version.
    asked.onLoad({ filter: /maplibre-gl[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    asked.onResolve({ filter: /^@maplibre\/mlt$/ }, () => ({
      path: join(dirname(fileURLToPath(import.meta.url)), "without_mlt.mjs"),
    }));
  },
};

/**
 * Functions by modules of their own, so that those which nobody calls stay away.
 *
 * @param {string} contents
 */
function nameMatrices(contents) {
  return contents.replace(MATRICES, (_all, names) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name && !name.startsWith("type "))
      .map((name) => `import * as ${name} from 'gl-matrix/esm/${name}.js';`)
      .join(" "),
  );
}
