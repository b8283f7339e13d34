/** Which layers' tiles are asked for together, and that everything else stays as it was. */

import assert from "node:assert/strict";
import test from "node:test";
import { joinSources, planGroups } from "../../geoportal/mapkit/static/mapkit/js/grouping.mjs";

const own = (slug, minzoom = 10, maxzoom = 16) => ({
  type: "vector",
  tiles: [`https://a.ua/tiles/${slug}/{z}/{x}/{y}.mvt`],
  minzoom,
  maxzoom,
});

function makeStyle(sources, ground = []) {
  const layers = Object.keys(sources).flatMap((slug) =>
    [0, 1].map((index) => ({
      id: `${slug}--${index}`,
      source: slug,
      "source-layer": slug,
      metadata: { layer: slug, ground: ground.includes(slug) },
    })),
  );
  return { sources, layers };
}

const everything = () => true;

test("layers that are on at the same zooms come in one tile", () => {
  const style = makeStyle({
    schools: own("schools"),
    heritage: own("heritage", 11),
    parks: own("parks"),
  });
  joinSources(style, planGroups(style, everything));
  assert.deepEqual(Object.keys(style.sources).sort(), ["heritage", "together-0"]);
  assert.deepEqual(style.sources["together-0"], {
    ...own("schools"),
    tiles: ["https://a.ua/tiles/schools,parks/{z}/{x}/{y}.mvt"],
  });
  const sources = Object.fromEntries(style.layers.map((layer) => [layer.id, layer.source]));
  assert.equal(sources["parks--1"], "together-0");
  assert.equal(sources["heritage--0"], "heritage");
  assert.ok(style.layers.every((layer) => layer["source-layer"] === layer.metadata.layer));
});

test("a layer that is off at first keeps tiles of its own, and so does the only one", () => {
  const style = makeStyle({ schools: own("schools"), parks: own("parks"), shops: own("shops") });
  const plan = planGroups(style, (slug) => slug !== "shops");
  assert.deepEqual([...plan.keys()], ["schools", "parks"]);
  assert.equal(planGroups(style, (slug) => slug === "shops").size, 0);
});

test("the ground, problems and outside sources are left alone", () => {
  const sources = {
    water: own("water"),
    streets: own("streets"),
    "ground-0": { ...own("land,water"), tiles: ["/tiles/land,water/{z}/{x}/{y}.mvt"] },
    problems: { ...own("problems"), tiles: ["/problems/tiles/{z}/{x}/{y}.mvt"] },
    raster: { type: "raster", tiles: ["https://b.ua/{z}/{x}/{y}.png"] },
  };
  const style = makeStyle({ ...sources }, ["water", "streets"]);
  joinSources(style, planGroups(style, everything));
  assert.deepEqual(style.sources, sources);
});

test("no tile holds more than eight layers", () => {
  const slugs = Array.from({ length: 18 }, (_, number) => `layer${number}`);
  const style = makeStyle(Object.fromEntries(slugs.map((slug) => [slug, own(slug)])));
  joinSources(style, planGroups(style, everything));
  const counts = Object.values(style.sources).map(
    ({ tiles }) => tiles[0].split("/tiles/")[1].split("/")[0].split(",").length,
  );
  assert.deepEqual(counts, [8, 8, 2]);
});

test("a plan that was made holds for the style of the other theme, whatever is on by then", () => {
  const sources = { schools: own("schools"), parks: own("parks") };
  const plan = planGroups(makeStyle({ ...sources }), everything);
  const dark = makeStyle({ ...sources, fresh: own("fresh") });
  joinSources(dark, plan);
  assert.deepEqual(Object.keys(dark.sources), ["fresh", "together-0"]);
  const without = makeStyle({ parks: own("parks") });
  joinSources(without, plan);
  assert.ok(without.sources["together-0"].tiles[0].includes("/tiles/parks/"));
});
