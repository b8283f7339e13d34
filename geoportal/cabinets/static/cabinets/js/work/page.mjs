/** What every script of a working place starts with: words, settings, its map. */

import { readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { WorkMap } from "./work_map.mjs";

/** @type {MapConfig} */
const config = readJson("map-config");
useLanguage(config.language, config.words);

// On a phone the lists stand in one line that is wider than the screen.
for (const tab of document.querySelectorAll(".work-tabs [aria-current]")) {
  tab.scrollIntoView({ inline: "center", block: "nearest" });
}

/**
 * The page's map with these features, or `null`: everything works without it.
 *
 * @param {WorkPlace[]} features
 * @param {WorkActions} actions
 */
export async function startMap(features, actions) {
  const container = document.getElementById("work-map");
  if (!container) return null;
  const map = new WorkMap(container, config, actions);
  try {
    await map.start(features);
    return map;
  } catch (error) {
    console.warn("the map of the working place did not start", error);
    return null;
  }
}
