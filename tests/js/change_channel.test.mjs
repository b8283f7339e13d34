/** How a page follows the stream of changes: with patience, not while hidden, and by pieces at last. */

import assert from "node:assert/strict";
import test from "node:test";
import { ChangeChannel } from "../../geoportal/mapkit/static/mapkit/js/change_channel.mjs";
import {
  gatherChanges,
  nameChanged,
  slugsOf,
} from "../../geoportal/mapkit/static/mapkit/js/touched_tiles.mjs";

/** A browser with a clock that is wound by hand. */
class Browser {
  sources = [];
  asked = [];
  timers = new Map();
  now = 0;
  next = 1;
  answer = async () => new Response('id: 5:5:\ndata: {"layers":{}}\n\n');
  page = {
    hidden: false,
    addEventListener: (_name, listener) => {
      this.follow = listener;
    },
  };
  open = (url) => {
    const source = {
      url,
      readyState: 1,
      listeners: {},
      addEventListener: (name, listener) => {
        source.listeners[name] = listener;
      },
      close: () => {
        source.isClosed = true;
      },
    };
    this.sources.push(source);
    return source;
  };
  fetch = (url) => {
    this.asked.push(url);
    return this.answer();
  };
  setTimeout = (work, ms) => {
    this.timers.set(this.next, { work, at: this.now + ms });
    return this.next++;
  };
  clearTimeout = (timer) => this.timers.delete(timer);
  random = () => 1;

  get last() {
    return this.sources.at(-1);
  }

  say(cursor, layers = {}) {
    const data = JSON.stringify({ layers, look: "a", reset: false });
    this.last.listeners.message({ data, lastEventId: cursor });
  }

  fail(readyState) {
    this.last.readyState = readyState;
    this.last.listeners.error();
  }

  async wait(ms) {
    this.now += ms;
    for (const [timer, { work, at }] of [...this.timers]) {
      if (at > this.now) continue;
      this.timers.delete(timer);
      work();
    }
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    await new Promise((done) => setImmediate(done));
  }

  hide(hidden) {
    this.page.hidden = hidden;
    this.follow();
  }
}

function start(browser = new Browser()) {
  const heard = [];
  new ChangeChannel("/changes", (changes) => heard.push(changes.layers), browser);
  return { browser, heard };
}

test("what is said is heard, and a new stream goes on where the old one ended", () => {
  const { browser, heard } = start();
  assert.equal(browser.last.url, "/changes");
  browser.say("1:1:", { trees: ["14/1/1"] });
  assert.deepEqual(heard, [{ trees: ["14/1/1"] }]);
  browser.hide(true);
  assert.ok(browser.last.isClosed);
  assert.equal(browser.sources.length, 1);
  browser.hide(false);
  assert.equal(browser.last.url, "/changes?since=1%3A1%3A");
});

test("a page that opens hidden asks when it is shown", () => {
  const browser = new Browser();
  browser.page.hidden = true;
  start(browser);
  assert.equal(browser.sources.length, 0);
  browser.hide(false);
  assert.equal(browser.sources.length, 1);
});

test("a stream that ended is left to the browser, answer after answer", () => {
  const { browser } = start();
  for (let turn = 0; turn < 10; turn += 1) {
    browser.say(`${turn + 1}:${turn + 1}:`);
    browser.fail(0);
  }
  assert.equal(browser.sources.length, 1);
  assert.ok(!browser.last.isClosed);
});

test("after failures it waits longer each time, and no longer than a minute", async () => {
  const { browser } = start();
  const waits = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const before = browser.sources.length;
    browser.fail(2);
    let waited = 0;
    while (browser.sources.length === before && waited < 100) {
      await browser.wait(1000);
      waited += 1;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 60, 60, 60, 60]);
  browser.say("1:1:");
  browser.fail(2);
  await browser.wait(2000);
  assert.equal(browser.sources.length, 11);
});

test("a browser that fails thrice by itself is taken the matter out of hand", async () => {
  const { browser } = start();
  browser.fail(0);
  browser.fail(0);
  assert.ok(!browser.last.isClosed);
  browser.fail(0);
  assert.ok(browser.last.isClosed);
  await browser.wait(8000);
  assert.equal(browser.sources.length, 2);
});

test("a stream that nothing comes through is asked for piece by piece", async () => {
  const { browser, heard } = start();
  await browser.wait(40_000);
  assert.ok(browser.last.isClosed);
  assert.deepEqual(browser.asked, ["/changes?pieces=1&since="]);
  assert.equal(heard.length, 1);
  await browser.wait(1500);
  assert.equal(browser.asked[1], "/changes?pieces=1&since=5%3A5%3A");
  browser.answer = async () => new Response("", { status: 503 });
  await browser.wait(1500);
  assert.equal(browser.asked.length, 3);
  await browser.wait(1500);
  assert.equal(browser.asked.length, 3, "it waits after a failure");
  await browser.wait(1000);
  assert.equal(browser.asked.length, 4);
  browser.hide(true);
  await browser.wait(100_000);
  assert.equal(browser.asked.length, 4);
});

test("sources name their layers in their address", () => {
  assert.deepEqual(slugsOf("https://a.ua/tiles/trees/{z}/{x}/{y}.mvt?v=1"), ["trees"]);
  assert.deepEqual(slugsOf("https://a.ua/tiles/trees,parks/{z}/{x}/{y}.mvt"), ["trees", "parks"]);
  assert.deepEqual(slugsOf("https://a.ua/problems/tiles/{z}/{x}/{y}.mvt?state=open"), ["problems"]);
  assert.deepEqual(slugsOf("https://a.ua/base/{z}/{x}/{y}.png"), []);
});

test("deep tiles go by the one of zoom 14 around them", () => {
  assert.equal(nameChanged({ z: 16, x: 37726, y: 22152 }), "14/9431/5538");
  assert.equal(nameChanged({ z: 14, x: 9431, y: 5538 }), "14/9431/5538");
  assert.equal(nameChanged({ z: 0, x: 0, y: 0 }), "0/0/0");
});

test("changes of the layers of one source come together", () => {
  const layers = { trees: ["0/0/0"], parks: ["1/0/0"], roads: null };
  assert.deepEqual(gatherChanges(["trees", "parks"], layers), ["0/0/0", "1/0/0"]);
  assert.deepEqual(gatherChanges(["schools", "parks"], layers), ["1/0/0"]);
  assert.equal(gatherChanges(["trees", "roads"], layers), null);
});
