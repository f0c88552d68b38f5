import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {startForeignNode} from "../../support/foreign-node.ts";
import {launchBrowser} from "../browser.ts";
import {openDesk, SCREENS, takePicture} from "./desk.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** What a page says that did arithmetic on what it does not know. */
const NONSENSE = /\bNaN\b|\bundefined\b|\bnull\b|Infinity|\[object /;

test("every screen shows a chain that is not ours, says unknown where it publishes nothing, and invents nothing", async t => {
  const {url} = await startForeignNode(t, {dashboard: true});
  const {page, complaints, goTo, verdict, close} = await openDesk(browser, url);
  assert.match(await verdict("producing"), /^Producing normally/);
  const said: string[] = [];
  for (const screen of SCREENS) {
    await goTo(screen);
    const text = (await page.locator("body").textContent()) ?? "";
    assert.doesNotMatch(text, NONSENSE, `the screen ${screen || "home"}`);
    said.push(text);
    await takePicture(page, `foreign-${screen || "home"}`);
  }
  const all = said.join("\n");
  assert.match(all, /unknown/i, "what is not published is said to be unknown");
  assert.match(all, /TOY/, "amounts in the chain's token");
  assert.doesNotMatch(all, /\bPHA\b/, "and in no other");
  assert.deepEqual(complaints, []);
  await close();
});
