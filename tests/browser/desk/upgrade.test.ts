import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {openDesk, SCREENS} from "./desk.ts";
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

interface Version {
  readonly specVersion: number;
}

const best = async (url: string) =>
  Number((await rpc<{number: string}>(url, "chain_getHeader", [])).number);

/** Milliseconds that anything may take, a slot being one second: many times what it does. */
const PATIENCE = 90_000;

async function until(hasCome: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await hasCome())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${hasCome}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The first block whose state has the next version. */
async function upgradeOf(url: string): Promise<number> {
  for (let number = 1; ; number++) {
    await until(async () => (await best(url)) >= number);
    const hash = await rpc<string>(url, "chain_getBlockHash", [number]);
    const {specVersion} = await rpc<Version>(url, "state_getRuntimeVersion", [hash]);
    if (specVersion > 7) return number;
  }
}

test("a page that is open over an upgrade goes on: each block by its own runtime, its time by the slots of then", async () => {
  const url = await nodes.start();
  const desk = await openDesk(browser, url);
  const {page} = desk;
  await until(async () => (await best(url)) >= 3);
  await desk.goTo("trends");
  await page.getByText(/with slots of 1\.0 s/).waitFor();
  nodes.upgrade(url);
  const changed = await upgradeOf(url);
  await until(async () => (await best(url)) >= changed + 4);
  await page.getByText(/with slots of 0\.5 s/).waitFor();
  const said = await page.getByText(/^A block each/).innerText();
  const mean = Number(/A block each ([\d.]+) s/.exec(said)?.[1]);
  assert.ok(mean >= 0.5 && mean < 30, said);
  const year = new Date().getFullYear();
  for (const [number, version] of [
    [changed, 7],
    [changed + 1, 8],
  ] as const) {
    await desk.goTo(`blocks/${number}`);
    await page.getByText(`version ${version}`, {exact: true}).waitFor();
    await page.getByText(new RegExp(`^\\d+, .*${year}`)).waitFor();
  }
  await desk.goTo("blocks");
  const rows = await page.getByRole("table", {name: "Newest blocks"}).innerText();
  assert.doesNotMatch(rows, /, \d{4}/, "no block is of another day");
  for (const screen of SCREENS) {
    await desk.goTo(screen);
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /\bNaN\b|\bundefined\b|Infinity/, `the screen ${screen || "now"}`);
  }
  await desk.goTo("");
  await desk.verdict("producing");
  assert.deepEqual(desk.complaints, []);
  await desk.close();
});
