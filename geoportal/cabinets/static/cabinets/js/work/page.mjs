/** What every script of a working place starts with: words, settings, its map. */

import { useLanguage } from "../../../interface/js/i18n.mjs";
import { WorkMap } from "./work_map.mjs";

/** The JSON that the page brings under an id, or `null`. */
export function readJson(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

const config = readJson("map-config");
useLanguage(config.language, config.words);

// On a phone the lists stand in one line that is wider than the screen.
for (const tab of document.querySelectorAll(".work-tabs [aria-current]")) {
  tab.scrollIntoView({ inline: "center", block: "nearest" });
}

/** The page's map with these features, or `null`: everything works without it. */
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
