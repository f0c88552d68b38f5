import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {DESK, openDesk} from "./desk.ts";

const SLOT_SECONDS = 6;
const OFF = 20_000;
const AHEAD = 3 * 3_600_000;

let node: KhalaProcess;
let browser: Browser;
before(async () => {
  // Alice makes each block: her next slot is never further away than one slot.
  node = await startKhala(["dev", "--rpc-port=0", `--param=slot=${SLOT_SECONDS}s`]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

for (const [name, offset] of [
  ["behind", -OFF],
  ["ahead", OFF],
] as const) {
  test(`what counts down runs by the node's clock where the reader's is ${name}`, async () => {
    const {page, close} = await openDesk(browser, node.url, {viewport: DESK}, each =>
      each.clock.install({time: Date.now() + offset}),
    );
    const countdown = page.locator(".countdown");
    // By the reader's own clock it would stand at 0:00 for ever, or begin beyond 0:20.
    await countdown.filter({hasText: /^0:0[2-6]$/}).waitFor();
    const seen = await countdown.textContent();
    assert.match(seen!, /^0:0[0-6]$/);
    await close();
  });
}

test("time that was moved on is told above every screen, and what counts down goes by the chain's clock", async () => {
  const {page, goTo, close} = await openDesk(browser, node.url);
  await page.getByText("live").waitFor();
  assert.equal(await page.getByText(/^chain's clock/).count(), 0);
  await rpc(node.url, "dev_timeTravel", [Date.now() + AHEAD]);
  await page.getByText("chain's clock +3.0 h").waitFor();
  await goTo("blocks");
  await page.getByText("chain's clock +3.0 h").waitFor();
  await goTo("");
  // The node runs for seconds, or minutes on a busy machine, whatever the chain's clock says.
  assert.match(
    (await page.locator("[data-since]").textContent())!,
    / \d+(\.\d)? (s|min)( at least)?\.$/,
  );
  await page
    .locator(".countdown")
    .filter({hasText: /^0:0[2-6]$/})
    .waitFor();
  await close();
});
