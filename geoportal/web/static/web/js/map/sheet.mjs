/** On a phone the panel is a sheet with three heights: a finger drags it, a key or a tap steps it. */

import { findAround } from "../../../interface/js/finding.mjs";

const PHONE = matchMedia("(max-width: 720px)");
const HEIGHTS = ["peek", "half", "full"];
const PEEK_PX = 92;
const HALF_SHARE = 0.46;
const DRAG_STARTS_PX = 6;
const FLING_PX_A_MS = 0.5;

/** @type {Record<string, number>} */
const STEPS = { ArrowUp: 1, ArrowDown: -1 };

/**
 * Returns `setHeight(name)`.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement} handle
 */
export function setUpSheet(panel, handle) {
  /** @type {(name: string) => void} */
  const setHeight = (name) => {
    panel.dataset.height = name;
    handle.setAttribute("aria-expanded", String(name !== "peek"));
  };
  /** @type {(by: number) => void} */
  const step = (by) => {
    const next = HEIGHTS.indexOf(heightOf(panel)) + by;
    setHeight(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, next))]);
  };
  handle.addEventListener("click", () => {
    if (panel.dataset.height === "full") setHeight("peek");
    else step(1);
  });
  handle.addEventListener("keydown", (event) => {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  panel.addEventListener("focusin", (event) => {
    const low = PHONE.matches && panel.dataset.height === "peek";
    const hidden = low && !findAround(event, ".sheet-handle, .tabs");
    if (hidden && document.activeElement?.matches(":focus-visible")) setHeight("half");
  });
  panel.addEventListener("click", (event) => {
    const low = PHONE.matches && panel.dataset.height === "peek";
    if (low && findAround(event, ".tab")) setHeight("half");
  });
  setUpDrag(panel, setHeight);
  return setHeight;
}

/** @param {HTMLElement} panel */
function heightOf(panel) {
  return panel.dataset.height ?? HEIGHTS[0];
}

/**
 * How much of the panel is seen at a height, in pixels.
 *
 * @param {HTMLElement} panel
 * @param {string} name
 * @returns {number}
 */
function seenAt(panel, name) {
  if (name === "full") return panel.offsetHeight;
  return name === "half" ? innerHeight * HALF_SHARE : PEEK_PX;
}

/**
 * @param {HTMLElement} panel
 * @param {(name: string) => void} setHeight
 */
function setUpDrag(panel, setHeight) {
  /**
   * @type {{
   *   id: number,
   *   from: number,
   *   at: number,
   *   time: number,
   *   speed: number,
   *   seen: number,
   *   on: boolean,
   * } | null}
   */
  let drag = null;
  panel.addEventListener("pointerdown", (event) => {
    if (!PHONE.matches || !findAround(event, ".sheet-handle, .tabs, .card-head")) return;
    drag = {
      id: event.pointerId,
      from: event.clientY,
      at: event.clientY,
      time: event.timeStamp,
      speed: 0,
      seen: seenAt(panel, heightOf(panel)),
      on: false,
    };
  });
  addEventListener("pointermove", (event) => {
    if (drag?.id !== event.pointerId) return;
    if (!drag.on && Math.abs(event.clientY - drag.from) < DRAG_STARTS_PX) return;
    if (!drag.on) {
      drag.on = true;
      panel.setPointerCapture(event.pointerId);
      panel.dataset.dragged = "";
    }
    drag.speed = (drag.at - event.clientY) / Math.max(1, event.timeStamp - drag.time);
    drag.at = event.clientY;
    drag.time = event.timeStamp;
    const seen = Math.max(
      PEEK_PX,
      Math.min(panel.offsetHeight, drag.seen + drag.from - event.clientY),
    );
    panel.style.transform = `translateY(${panel.offsetHeight - seen}px)`;
  });
  /** @type {(event: PointerEvent) => void} */
  const end = (event) => {
    if (!drag || drag.id !== event.pointerId) return;
    const { on, seen, from, at, speed } = drag;
    drag = null;
    if (!on) return;
    delete panel.dataset.dragged;
    panel.style.transform = "";
    setHeight(settle(panel, seen + from - at, speed));
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
  };
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}

/** @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * The height to rest at: the nearest one, or the next in the direction of a fling.
 *
 * @param {HTMLElement} panel
 * @param {number} seen
 * @param {number} speed
 */
function settle(panel, seen, speed) {
  const places = HEIGHTS.map((name) => ({ name, px: seenAt(panel, name) }));
  if (speed > FLING_PX_A_MS)
    return (places.find(({ px }) => px > seen) ?? places[places.length - 1]).name;
  if (speed < -FLING_PX_A_MS) return (places.findLast(({ px }) => px < seen) ?? places[0]).name;
  return places.reduce((best, place) =>
    Math.abs(place.px - seen) < Math.abs(best.px - seen) ? place : best,
  ).name;
}
