/**
 * Joins the modules and style sheets that a page loads into few files, by esbuild.
 *
 * Reads one order from standard input, writes files under `out` and prints what it has written and
 * what now stands inside others. Every file keeps the name of its entry; what several entries share
 * goes to `joined/`. `geoportal.core.static_files.joining` gives the order and reads the answer.
 */

import { readFile } from "node:fs/promises";
import { dirname, extname, posix, relative, resolve, sep } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

// What MapLibre is published for; our own modules say nothing newer.
const TARGET = "es2022";
const BESIDE = /\bnew URL\(\s*(["'])(\.{1,2}\/[^"'\n]+)\1\s*,\s*import\.meta\.url\s*\)/g;
// A static name until it is known where the module comes to lie.
const MARK = "static:";
const MARKED = /(["'`])static:([^"'`]+)\1/g;
const ASSETS = [".woff2", ".woff", ".svg", ".png", ".webp", ".jpg"];

const order = JSON.parse(await text(process.stdin));
const parts = await Promise.all(order.parts.map((path) => import(pathToFileURL(path).href)));
const sources = Object.assign({}, ...parts.map((part) => part.sources));
const inside = new Set();

const nameOf = (path) => relative(order.root, path).split(sep).join("/");
const isServed = (path) => !nameOf(path).startsWith("..");

const shared = {
  absWorkingDir: order.root,
  outdir: order.out,
  bundle: true,
  minify: true,
  metafile: true,
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
};

/** Modules are taken from where they are served, or from sources that a part knows better. */
const finding = {
  name: "finding",
  setup(asked) {
    asked.onResolve({ filter: /^\.{0,2}\// }, ({ path, resolveDir, kind }) => {
      const name = nameOf(resolve(resolveDir, path));
      if (!sources[name]) return undefined;
      if (kind !== "entry-point") inside.add(name);
      return { path: sources[name] };
    });
    asked.onLoad({ filter: /\.mjs$/ }, async ({ path }) => {
      if (!isServed(path)) return undefined;
      const contents = await readFile(path, "utf8");
      return { contents: contents.replace(BESIDE, (_all, _quote, address) => mark(path, address)) };
    });
  },
};

/** A module may end in a shared file elsewhere; what it names beside itself must still be found. */
const mark = (path, address) =>
  `new URL("${MARK}${nameOf(resolve(dirname(path), address))}", import.meta.url)`;

/** Addresses from the root and of other schemes stay as they are. */
const leaving = {
  name: "leaving",
  setup(asked) {
    asked.onResolve({ filter: /^(\/|#|[a-z][a-z0-9+.-]*:)/i }, ({ path, kind }) =>
      kind === "url-token" ? { path, external: true } : undefined,
    );
  },
};

async function joinModules() {
  return build({
    ...shared,
    entryPoints: order.modules.map(asEntry),
    format: "esm",
    splitting: true,
    target: TARGET,
    chunkNames: "joined/[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [finding, ...parts.map((part) => part.plugin)],
    write: false,
  });
}

async function joinStyles() {
  return build({
    ...shared,
    entryPoints: order.styles.map(asEntry),
    outbase: order.root,
    assetNames: "[dir]/[name]",
    loader: Object.fromEntries(ASSETS.map((extension) => [extension, "copy"])),
    plugins: [leaving],
    write: false,
  });
}

const asEntry = (name) => ({
  in: resolve(order.root, name),
  out: name.slice(0, -extname(name).length),
});

/** The text with addresses in place of static names. */
function place(name, contents) {
  return contents.replace(MARKED, (_all, quote, target) => {
    const address = posix.relative(posix.dirname(name), target);
    return quote + (address.startsWith(".") ? address : `./${address}`) + quote;
  });
}

const written = {};
for (const result of await Promise.all([joinModules(), joinStyles()])) {
  for (const { path, text: contents } of result.outputFiles) {
    const name = relative(order.out, path).split(sep).join("/");
    if (ASSETS.includes(extname(name))) continue;
    written[name] = place(name, contents);
  }
  for (const path of Object.keys(result.metafile.inputs)) {
    const name = nameOf(resolve(order.root, path));
    if (extname(name) === ".mjs" && !name.startsWith("..")) inside.add(name);
  }
}
for (const name of order.modules) inside.delete(name);
process.stdout.write(JSON.stringify({ written, inside: [...inside] }));
