/**
 * MapLibre from its published sources, when static files are joined.
 *
 * Its own distribution is two files, for the page and for the worker, that say the same thing twice.
 * Joined as one graph, what both need is one file that is fetched once, and what no map of the portal
 * can ask for stays away: a globe, and tiles in the format MLT.
 */

import { readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
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

const BESIDE = ".";
// Styles of layers name no projection, and of a base map only sources and layers are taken.
const FLAT = `
import { MercatorProjection } from '${BESIDE}/mercator_projection.ts';
import { createMercatorTransform } from '${BESIDE}/mercator_transform.ts';
import { MercatorCameraHelper } from '${BESIDE}/mercator_camera_helper.ts';

export const createProjectionFromName = (_name, constrainOverride) => ({
  projection: new MercatorProjection(),
  transform: createMercatorTransform({ constrainOverride }),
  cameraHelper: new MercatorCameraHelper(),
});
`;

// The portal serves MVT, and takes base maps of it or of pictures.
const WITHOUT_MLT = `
export class MLTVectorTile {
  constructor() {
    throw new Error("Tiles in the format MLT are not read here; serve them as MVT.");
  }
}
`;

/** What stands in place of files of MapLibre. */
const instead = {
  "src/geo/projection/projection_factory.ts": () => FLAT,
  "src/source/vector_tile_mlt.ts": () => WITHOUT_MLT,
  // Of what npm reads, MapLibre asks for its version.
  "package.json": (contents) => JSON.stringify({ version: JSON.parse(contents).version }),
};

export const plugin = {
  name: "maplibre",
  setup(asked) {
    const replaced = new Set();
    asked.onLoad({ filter: /[\\/]maplibre-gl[\\/].*\.(ts|json)$/ }, async ({ path }) => {
      const name = path.slice(MAPLIBRE.length + 1).replaceAll(sep, "/");
      const contents = await readFile(path, "utf8");
      const loader = path.endsWith(".json") ? "json" : "ts";
      if (instead[name]) {
        replaced.add(name);
        return { contents: instead[name](contents), loader };
      }
      const notice = Object.values(sources).includes(path) ? NOTICE : "";
      return { contents: notice + nameMatrices(contents), loader };
    });
    asked.onEnd(() => ({ errors: listMissing(replaced) }));
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

/**
 * Where a newer MapLibre has moved a file, the right answer is to look, not to serve the whole.
 *
 * @param {Set<string>} replaced
 */
function listMissing(replaced) {
  return Object.keys(instead)
    .filter((name) => !replaced.has(name))
    .map((name) => ({
      text: `MapLibre no longer loads ${name}; see geoportal/mapkit/maplibre_parts.mjs`,
    }));
}
