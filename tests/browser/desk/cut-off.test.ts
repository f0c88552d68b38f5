import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import type {Browser, Page} from "playwright-core";
import {freePort} from "../../support/free-port.ts";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Between, type Message, standBetween} from "./between.ts";
import {assertAccessible, DESK, openDesk, SCREENS, takePicture} from "./desk.ts";

let node: KhalaProcess;
let browser: Browser;
before(async () => {
  // The same one after the node was started again.
  const port = await freePort();
  node = await startKhala(["dev", `--rpc-port=${port}`]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

test("a node that hangs, or whose machine is gone, is not taken for one that has nothing to say", async () => {
  const {page, verdict, close} = await openDesk(browser, node.url, {viewport: DESK}, each =>
    each.clock.install(),
  );
  await verdict("producing");
  node.child.kill("SIGSTOP");
  // Asked after a while of silence, it does not answer. What it said before may still be on its way.
  const isSaid = () => page.locator('[data-verdict="not-reached"]').count();
  while ((await isSaid()) === 0) await page.clock.fastForward(10_000);
  node.child.kill("SIGCONT");
  await page.locator("main.old").waitFor({state: "detached"});
  await page.locator(".countdown").waitFor();
  await close();
});

test("a node that has little to say is not taken for one that hangs", async t => {
  // No block is made.
  const idle = await startKhala(["dev", "--seal=manual", "--rpc-port=0"]);
  t.after(() => idle.stop());
  const name = await rpc(idle.url, "system_name", []);
  let between: Between | undefined;
  let answered = 0;
  const change = (said: Message) => {
    if (said.result === name) answered += 1;
    return said;
  };
  const {page, close} = await openDesk(browser, idle.url, {viewport: DESK}, async each => {
    await each.clock.install();
    between = await standBetween(each, {change});
  });
  await page.locator("[data-verdict]").waitFor();
  await page.waitForFunction(() => document.title.endsWith("Khala Development"));
  for (let round = 0; round < 3; round++) {
    const before = answered;
    await page.clock.fastForward(20_000);
    while (answered === before) await wait(20);
  }
  assert.equal(await page.locator("main.old").count(), 0);
  const begun = between!.called.filter(method => method === "collator_subscribeStatus");
  assert.equal(begun.length, 1);
  await close();
});

test("a page whose node has ended says so first, with what it shows of when, and comes back with it", async () => {
  const {page, goTo, verdict, close} = await openDesk(browser, node.url);
  const icon = () => page.locator('link[rel="icon"]').getAttribute("href");
  await goTo("collators");
  await goTo("");
  await verdict("producing");
  await page.locator(".countdown").waitFor();
  await page.waitForFunction(() => /^✓ \S+:\d+ · Khala Development$/.test(document.title));
  const iconOfGood = await icon();

  await node.stop();

  assert.match(
    await verdict("not-reached"),
    /^The node is not reached: nothing was heard of it since \d.*\.$/,
  );
  const panel = page.getByRole("region", {name: "Verdict"});
  await panel.locator(".badge.bad", {hasText: "Attention"}).waitFor();
  // What it said last: on a busy machine it may just have missed a slot.
  await panel.getByText(/^As of \d.*: (Producing normally|\d+ of the last \d+)/).waitFor();
  assert.equal(await panel.getByRole("status").textContent(), "Attention: not reached");
  assert.equal(await page.title(), `! not reached · ${new URL(node.url).host} · Khala Development`);
  assert.notEqual(await icon(), iconOfGood);
  // Nothing counts down any more, and no panel says that all is as it should be now.
  assert.equal(await page.locator(".countdown").count(), 0);
  assert.equal(await page.getByText("up to date").count(), 0);
  assert.equal(await page.getByText(/next in|^\d+:\d\d$/).count(), 0);
  assert.equal(await page.locator("main.old").count(), 1);
  await assertAccessible(page, "a page without its node");
  await takePicture(page, "not-reached");
  await goTo("collators");
  await page.getByText(/^The node is not reached. What is shown is as of \d/).waitFor();
  await goTo("");

  node = await startKhala(["dev", `--rpc-port=${new URL(node.url).port}`]);
  await verdict("producing");
  await page.locator(".countdown").waitFor();
  await page.waitForFunction(() => /^✓ \S+:\d+ · Khala Development$/.test(document.title));
  assert.equal(await icon(), iconOfGood);
  assert.equal(await page.locator("main.old").count(), 0);
  await close();
});

/** Goes to a screen whose node may not answer what it asks. */
const lookAt = (page: Page, screen: string) =>
  page.evaluate(hash => {
    location.hash = hash;
  }, `#/${screen}`);

/** Seconds: with slots as short as these a page waits for less than for a chain of long ones. */
const MOST_PATIENCE = 12;

test("a node that hangs is said not to be heard within some seconds, and nothing counts on meanwhile", async t => {
  const fast = await startKhala(["dev", "--rpc-port=0", "--param=slot=500ms"]);
  t.after(() => {
    fast.child.kill("SIGCONT");
    return fast.stop();
  });
  const {page, verdict, close} = await openDesk(browser, fast.url);
  await verdict("producing");
  await page.locator(".countdown").waitFor();
  fast.child.kill("SIGSTOP");
  const stopped = Date.now();
  const [, silence] = /^Nothing is heard of the node for (\d+(?:\.\d)?) s\.$/.exec(
    await verdict("not-heard"),
  )!;
  assert.ok(Number(silence) < MOST_PATIENCE, silence);
  assert.ok(Date.now() - stopped > 2_500, "not before the least patience is over");
  assert.equal(await page.locator(".countdown").count(), 0);
  assert.equal(await page.locator("header .badge.good", {hasText: "live"}).count(), 0);
  await page.waitForFunction(() => document.title.startsWith("! not heard · "));
  await lookAt(page, "collators");
  await page.getByText(/^Nothing is heard of the node\. What is shown is as of \d/).waitFor();
  await lookAt(page, "");
  fast.child.kill("SIGCONT");
  await verdict("producing");
  await page.locator("header .badge.good", {hasText: "live"}).waitFor();
  await close();
});

test("a node that answers late is said to, by how much", async () => {
  let isLate = false;
  const {page, verdict, close} = await openDesk(browser, node.url, {viewport: DESK}, async each => {
    await standBetween(each, {delay: () => (isLate ? 4_000 : 0)});
  });
  await verdict("producing");
  const since = Date.now();
  isLate = true;
  const [, late] = /^The node answers (\d+(?:\.\d)?) s late: what is shown is that old\.$/.exec(
    await verdict("late"),
  )!;
  // By what the answer was held back, and no more than the time that went by.
  assert.ok(Number(late) >= 3 && Number(late) <= (Date.now() - since) / 1_000, late);
  assert.equal(await page.locator(".countdown").count(), 0);
  isLate = false;
  await verdict("producing");
  await close();
});

test("screens are there when the node is away, and one that did not come is fetched until it does", async t => {
  const short = await startKhala(["dev", "--rpc-port=0"]);
  t.after(() => short.stop());
  const {page, verdict, close} = await openDesk(browser, short.url);
  await verdict("producing");
  // The last one that is fetched.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({name}) => /search-screen/.test(name)),
  );
  await page.waitForLoadState("networkidle");
  await short.stop();
  await verdict("not-reached");
  for (const screen of SCREENS) {
    await lookAt(page, screen);
    await page.locator("main h1").first().waitFor({state: "attached"});
    assert.equal(await page.getByText(/TypeError|has not come/).count(), 0, screen);
  }
  await close();

  // Of a page to which nothing but the first screen comes.
  let isBarred = true;
  const barred = await openDesk(browser, node.url, {viewport: DESK}, each =>
    each
      .route(/assets/, (route, request) =>
        isBarred && !/main|chunk/.test(request.url()) ? route.abort() : route.continue(),
      )
      .then(() => undefined),
  );
  await barred.verdict("producing");
  await lookAt(barred.page, "peers");
  await barred.page.getByText(/^This screen has not come from the node yet/).waitFor();
  assert.equal(await barred.page.getByText("TypeError").count(), 0);
  isBarred = false;
  await barred.page.getByRole("region", {name: "Peers", exact: true}).waitFor();
  await barred.close();
});
