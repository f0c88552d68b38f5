import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, takePicture} from "./desk.ts";

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

test("a page whose node has ended says so first, with what it shows of when, and comes back with it", async () => {
  const {page, goTo, verdict, close} = await openDesk(browser, node.url);
  const icon = () => page.locator('link[rel="icon"]').getAttribute("href");
  await goTo("set");
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
  await goTo("set");
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
