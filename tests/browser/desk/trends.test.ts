import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Message, standBetween} from "./between.ts";
import {assertAccessible, DESK, openDesk, PATIENCE, takePicture} from "./desk.ts";

let node: KhalaProcess;
let browser: Browser;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=1s"]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

interface HistoryJson {
  readonly lag: {readonly since: number};
  readonly slots: {readonly buckets: readonly {readonly made: number}[]};
}

test("charts begin with what the node noted before the page was opened, and say since when", async () => {
  let history: HistoryJson;
  do history = await rpc<HistoryJson>(node.url, "collator_history", []);
  while ((history.slots.buckets.at(-1)?.made ?? 0) < 4);
  const {page, goTo, complaints, close} = await openDesk(browser, node.url);
  await goTo("trends");
  const slots = page.getByRole("region", {name: "My slots over time", exact: true});
  const told = /^(\d+) of \d+ slots made in the last 1 h\./;
  const words = await slots.locator("p.lead", {hasText: told}).textContent();
  const [, made] = told.exec(words!)!;
  assert.ok(Number(made) >= 4, words!);
  await slots
    .getByText(`${made} in all`)
    .or(slots.getByText(/\d+ in all/).first())
    .first()
    .waitFor();
  const lag = page.getByRole("region", {name: "Finality lag", exact: true});
  const since = new Date(history.lag.since).toISOString().slice(11, 19);
  await lag.getByText(`The node has noted it since ${since} UTC.`).waitFor();
  await lag.locator("canvas").waitFor();
  await assertAccessible(page, "trends");
  assert.deepEqual(complaints, []);
  await close();
});

test("another range is asked of the node at once, and what is under the pointer is told beside it", async () => {
  const {page, goTo, close} = await openDesk(browser, node.url);
  await goTo("trends");
  for (const [name, words] of [
    ["24 h", "made in the last 24 h"],
    ["7 days", "made in the last 7 days"],
    ["All", "made in all that is noted"],
    ["1 h", "made in the last 1 h"],
  ] as const) {
    const button = page.getByRole("button", {name, exact: true});
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await page.getByText(words).waitFor();
  }
  const lag = page.getByRole("region", {name: "Finality lag", exact: true});
  const over = lag.locator(".u-over");
  await over.waitFor();
  const box = (await over.boundingBox())!;
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await lag.locator(".tip").getByText(/UTC$/).waitFor();
  await takePicture(page, "trends-pointed-at-1440");
  await close();
});

interface Answer {
  readonly lag?: {readonly step: number};
}

test("all of a short time is drawn by short steps, up to now, and the legend says by which", async () => {
  let longer = false;
  const asked: number[] = [];
  const change = (said: Message): Message => {
    const {lag} = (said.result ?? {}) as Answer;
    if (lag === undefined) return said;
    asked.push(lag.step);
    return longer
      ? {...said, result: {...(said.result as object), lag: {...lag, step: 1_800_000}}}
      : said;
  };
  const {page, goTo, close} = await openDesk(browser, node.url, {viewport: DESK}, async each => {
    await standBetween(each, {change});
  });
  await goTo("trends");
  await page.getByRole("button", {name: "All", exact: true}).click();
  await page.getByText("made in all that is noted").waitFor();
  const lag = page.getByRole("region", {name: "Finality lag", exact: true});
  await lag.locator("canvas").waitFor();
  await lag.getByText(/^Blocks behind, most in (\d+|\d\.\d) (ms|s)$/).waitFor();
  // The first answer tells how short the time is, and another is asked for by it.
  for (
    const end = Date.now() + PATIENCE;
    !(asked.at(-1)! <= 30_000);
    await page.waitForTimeout(50)
  ) {
    assert.ok(Date.now() < end, `steps of ${asked.at(-1)} ms`);
  }
  longer = true;
  await lag.getByText("Blocks behind, most in 30 min").waitFor();
  await close();
});
