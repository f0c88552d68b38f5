import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, SCREENS, takePicture} from "./desk.ts";
import {ForeignNodes} from "./foreign-process.ts";

let browser: Browser;
const nodes = new ForeignNodes();
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await nodes.stop();
});

/** What a page says that did arithmetic on what it does not know. */
const NONSENSE = /\bNaN\b|\bundefined\b|\bnull\b|Infinity|\[object /;

for (const [what, unpublished, verdict] of [
  ["sessions and candidates", [], "producing"],
  ["sessions alone", ["CollatorSelection"], "producing"],
  ["neither sessions nor candidates", ["Session", "CollatorSelection"], "set-unpublished"],
] as const) {
  test(`each screen is whole on a foreign chain of ${what}, and what is not published is unknown`, async () => {
    const desk = await openDesk(browser, await nodes.start({unpublished}));
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
    const isBondKnown = !unpublished.some(name => name === "CollatorSelection");
    assert.equal(all.includes("What a candidate has to have reserved is unknown."), !isBondKnown);
    assert.match(all, /\bTOY\b/, "amounts in the chain's token");
    assert.doesNotMatch(all, /\bPHA\b/, "and in no other");
    assert.deepEqual(desk.complaints, []);
    await desk.close();
  });
}
