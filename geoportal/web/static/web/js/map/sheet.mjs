/** On a phone the panel is a sheet with three heights: a finger drags it, a key or a tap steps it. */

const PHONE = matchMedia("(max-width: 720px)");
const HEIGHTS = ["peek", "half", "full"];
const PEEK_PX = 92;
const HALF_SHARE = 0.46;
const DRAG_STARTS_PX = 6;
const FLING_PX_A_MS = 0.5;

/** Returns `setHeight(name)`. */
export function setUpSheet(panel, handle) {
  const setHeight = (name) => {
    panel.dataset.height = name;
    handle.setAttribute("aria-expanded", String(name !== "peek"));
  };
  const step = (by) => {
    const next = HEIGHTS.indexOf(panel.dataset.height) + by;
    setHeight(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, next))]);
  };
  handle.addEventListener("click", () => {
    if (panel.dataset.height === "full") setHeight("peek");
    else step(1);
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  panel.addEventListener("focusin", ({ target }) => {
    const hidden =
      PHONE.matches && panel.dataset.height === "peek" && !target.closest(".sheet-handle, .tabs");
    if (hidden && target.matches(":focus-visible")) setHeight("half");
  });
  panel.addEventListener("click", (event) => {
    const low = PHONE.matches && panel.dataset.height === "peek";
    if (low && event.target.closest(".tab")) setHeight("half");
  });
  setUpDrag(panel, setHeight);
  return setHeight;
}

/** How much of the panel is seen at a height, in pixels. */
function seenAt(panel, name) {
  return { peek: PEEK_PX, half: innerHeight * HALF_SHARE, full: panel.offsetHeight }[name];
}

function setUpDrag(panel, setHeight) {
  let drag = null;
  panel.addEventListener("pointerdown", (event) => {
    if (!PHONE.matches || !event.target.closest(".sheet-handle, .tabs, .card-head")) return;
    drag = {
      id: event.pointerId,
      from: event.clientY,
      at: event.clientY,
      time: event.timeStamp,
      speed: 0,
      on: false,
    };
    drag.seen = seenAt(panel, panel.dataset.height);
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
  const end = (event) => {
    if (drag?.id !== event.pointerId) return;
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

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** The height to rest at: the nearest one, or the next in the direction of a fling. */
function settle(panel, seen, speed) {
  const places = HEIGHTS.map((name) => ({ name, px: seenAt(panel, name) }));
  if (speed > FLING_PX_A_MS) return (places.find(({ px }) => px > seen) ?? places.at(-1)).name;
  if (speed < -FLING_PX_A_MS) return (places.findLast(({ px }) => px < seen) ?? places[0]).name;
  return places.reduce((best, place) =>
    Math.abs(place.px - seen) < Math.abs(best.px - seen) ? place : best,
  ).name;
}
