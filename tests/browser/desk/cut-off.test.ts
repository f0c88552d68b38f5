import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Between, type Message, standBetween} from "./between.ts";
import {assertAccessible, DESK, openDesk, takePicture} from "./desk.ts";

let node: KhalaProcess;
let browser: Browser;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0"]);
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
  await page.waitForFunction(() => document.title === "✓ Khala Development");
  const iconOfGood = await icon();

  await node.stop();

  assert.match(
    await verdict("not-reached"),
    /^The node is not reached: nothing was heard of it since \d.*\.$/,
  );
  const panel = page.getByRole("region", {name: "Verdict"});
  await panel.locator(".badge.bad", {hasText: "Attention"}).waitFor();
  await panel.getByText(/^As of \d.*: Producing normally/).waitFor();
  assert.equal(await panel.getByRole("status").textContent(), "Attention: not reached");
  assert.equal(await page.title(), "! not reached · Khala Development");
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
  await page.waitForFunction(() => document.title === "✓ Khala Development");
  assert.equal(await icon(), iconOfGood);
  assert.equal(await page.locator("main.old").count(), 0);
  await close();
});
