import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import type {Browser} from "playwright-core";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, SCREENS, takePicture} from "./desk.ts";

const PROGRAM = fileURLToPath(new URL("../../support/foreign-node.ts", import.meta.url));

let browser: Browser;
const nodes: ChildProcess[] = [];
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  for (const node of nodes) {
    node.kill("SIGTERM");
    if (node.exitCode === null) await once(node, "exit");
  }
});

/** Where a node of the foreign chain is, whose metadata is silent about these pallets. */
async function startForeign(unpublished: readonly string[]): Promise<string> {
  const node = spawn(process.execPath, ["--import", "tsx", PROGRAM, ...unpublished], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  nodes.push(node);
  const ended = once(node, "exit").then(([code]) => {
    throw new Error(`the node ended with ${code} before it said where it is`);
  });
  const [line] = (await Promise.race([once(node.stdout, "data"), ended])) as [Buffer];
  // Once it is up its end is nobody's news.
  ended.catch(() => undefined);
  return line.toString().trim();
}

/** What a page says that did arithmetic on what it does not know. */
const NONSENSE = /\bNaN\b|\bundefined\b|\bnull\b|Infinity|\[object /;

for (const [what, unpublished, verdict] of [
  ["sessions and candidates", [], "producing"],
  ["sessions alone", ["CollatorSelection"], "producing"],
  ["neither sessions nor candidates", ["Session", "CollatorSelection"], "set-unpublished"],
] as const) {
  test(`each screen is whole on a foreign chain of ${what}, and what is not published is unknown`, async () => {
    const desk = await openDesk(browser, await startForeign(unpublished));
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
