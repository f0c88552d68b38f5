import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {startForeignNode} from "../../../src/node/test-kit/foreign-node.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, SCREENS, takePicture} from "./desk.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** What a page says that did arithmetic on what it does not know. */
const NONSENSE = /\bNaN\b|\bundefined\b|\bnull\b|Infinity|\[object /;

for (const [what, unpublished, verdict] of [
  ["sessions and candidates", [], "producing"],
  ["sessions alone", ["CollatorSelection"], "producing"],
  ["neither sessions nor candidates", ["Session", "CollatorSelection"], "set-unpublished"],
] as const) {
  test(`each screen is whole on a foreign chain of ${what}, and what is not published is unknown`, async t => {
    const {node, url} = await startForeignNode({
      authors: ["Alice", "Bob"],
      dashboard: true,
      unpublished,
    });
    t.after(() => node.stop());
    const desk = await openDesk(browser, url);
    await desk.verdict(verdict);
    const said: string[] = [];
    for (const screen of SCREENS) {
      await desk.goTo(screen);
      await assertAccessible(desk.page, screen);
      const text = await desk.page.locator("main").innerText();
      assert.doesNotMatch(text, NONSENSE, `the screen ${screen || "now"}`);
      said.push(text);
      await takePicture(desk.page, `foreign-${unpublished.length}-${screen || "now"}`);
    }
    const all = said.join("\n");
    assert.match(all, /unknown/i, "what is not published is said to be unknown");
    assert.match(all, /\bTOY\b/, "amounts in the chain's token");
    assert.doesNotMatch(all, /\bPHA\b/, "and in no other");
    assert.deepEqual(desk.complaints, []);
    await desk.close();
  });
}
