import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import type {Browser} from "playwright-core";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {connect, pairs, sendFinal} from "../../support/polkadot.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Desk, openDesk, takePicture} from "./desk.ts";
import {pauseNode, resumeNode} from "./node-process.ts";

const SLOT = 1_000;

let net: NetProcess;
let browser: Browser;
before(async () => {
  net = await startNet(["4", "--candidates=2", "--processes", `--param=slot=${SLOT}ms`]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await net?.stop("SIGTERM");
});

const url = (number: number) => net.nodes[number - 1]!.url;
const CANDIDATE = 5;
const BEHIND = 6;
/** Blocks behind the others from which on a node counts as catching up. */
const MAJOR_LAG = 5;

interface Status {
  readonly nextSlot?: {readonly at: number};
  readonly standing: {readonly isActive: boolean};
  readonly session: {readonly blocksInto: number};
  readonly verdict: {readonly code: string};
}

const statusOf = (node: number) => rpc<Status>(url(node), "collator_status", []);

const heightOf = async (node: number) =>
  Number((await rpc<{number: string}>(url(node), "chain_getHeader", [])).number);

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(SLOT / 4);
}

test("a candidate that has just registered reads when it will author", async () => {
  const {verdict, close, page} = await openDesk(browser, url(CANDIDATE));
  assert.match(
    await verdict("queued"),
    // Registered in the first session, or in the second where it takes long until all nodes are up.
    /^Queued: authoring from session [23], at block \d+, in about/,
  );
  await takePicture(page, "verdict-queued");
  await close();
});

test("a collator whose blocks are made reads so, with how many", async () => {
  // Who was up first had nobody to hear of its first blocks, and says so for a while; a machine that is busy elsewhere
  // makes others miss one. So the nodes are asked which of them to open: each page more takes from them what they need.
  let good: Desk | undefined;
  let sentence: string | undefined;
  await until(async () => {
    const codes = await Promise.all(
      [1, 2, 3, 4].map(async number => (await statusOf(number)).verdict.code),
    );
    if (!codes.includes("producing")) return false;
    good = await openDesk(browser, url(codes.indexOf("producing") + 1));
    await good.page.locator("[data-verdict] h1").waitFor();
    const shown = good.page.locator('[data-verdict="producing"] h1');
    [sentence] = await shown.allTextContents();
    if (sentence === undefined) await good.close();
    return sentence !== undefined;
  });
  assert.match(sentence!, /^Producing normally: \d+ of \d+ slots this session/);
  await takePicture(good!.page, "verdict-producing");
  await good!.close();
});

test("a collator whose keys no node holds reads it at once, though they become active later", async t => {
  const {verdict, close, page} = await openDesk(browser, url(2));
  await page.locator("[data-verdict]").waitFor();
  const api = await connect(url(1));
  t.after(() => api.disconnect());
  const pairOf = await pairs();
  const strange = {
    aura: pairOf("//Nobody").publicKey,
    grandpa: pairOf("//Nobody//at all").publicKey,
  };
  const setKeys = api.tx.session!.setKeys!;
  await sendFinal(api, setKeys(strange, "0x"), pairOf("//Collator//2"));
  assert.match(
    await verdict("keys-missing"),
    /^About to stop producing: the keys active (in the next session|two sessions from now) are not/,
  );
  await page.getByText("not here").first().waitFor();
  await takePicture(page, "verdict-keys-missing");
  // Keys that it holds again, before the strange ones cost a vote for longer than a session.
  const own = await rpc<string>(url(2), "author_rotateKeys", []);
  await sendFinal(api, setKeys(own, "0x"), pairOf("//Collator//2"));
  await close();
});

test("a candidate that was silent for most of a session reads that it is about to be kicked", async () => {
  const {verdict, close, page} = await openDesk(browser, url(CANDIDATE));
  // The turn after the first of a session is long before its end.
  await until(async () => {
    const {standing, session} = await statusOf(CANDIDATE);
    return standing.isActive && session.blocksInto <= 1;
  });
  const {nextSlot} = await statusOf(CANDIDATE);
  const pid = pauseNode(net.pid, net.nodes[CANDIDATE - 1]!.name);
  // It wakes up right after a turn of its own went by, with the whole round before the next one.
  const round = net.nodes.length * SLOT;
  await wait(Math.max(0, nextSlot!.at - Date.now()) + round + 0.6 * SLOT);
  resumeNode(pid);
  assert.match(
    await verdict("kicked-soon"),
    /^Kicked in \d+ blocks unless this node authors before/,
  );
  await takePicture(page, "verdict-kicked-soon");
  await close();
});

test("where two of four voters are gone, the others read that finality stands still, and who is missing", async () => {
  const {verdict, goTo, close, page} = await openDesk(browser, url(1));
  const gone = [3, 4].map(number => pauseNode(net.pid, net.nodes[number - 1]!.name));
  const sentence = await verdict("finality-stalled");
  assert.match(
    sentence,
    /^Finality stands still: \d+ blocks are not final;.*; 2 voters are not heard of\.$/,
  );
  // By name, and since the last final block, which was long before anybody opened a page.
  const verdictPanel = page.getByRole("region", {name: "Verdict"});
  for (const name of ["Collator//3", "Collator//4"]) {
    await verdictPanel.getByRole("link", {name}).waitFor();
  }
  const {head} = await rpc<{head: {finalizedAt: number}}>(url(1), "collator_status", []);
  const since = Number(await page.locator("[data-since]").getAttribute("data-since"));
  assert.equal(since, head.finalizedAt);
  assert.match(
    (await page.locator("[data-since]").textContent())!,
    /^Since .* UTC, for \d+ (s|min)\.$/,
  );
  await takePicture(page, "verdict-finality-stalled");
  await goTo("peers");
  await page
    .getByText(/^missing: Collator\/\/[34]/)
    .first()
    .waitFor();
  for (const pid of gone) resumeNode(pid);
  await close();
});

test("a collator that fell behind and has caught up does not read that it is behind", async () => {
  const {close, page} = await openDesk(browser, url(BEHIND));
  await page.locator("[data-verdict]").waitFor();
  const behind = pauseNode(net.pid, net.nodes[BEHIND - 1]!.name);
  const height = await heightOf(1);
  await until(async () => (await heightOf(1)) > height + 2 * MAJOR_LAG);
  resumeNode(behind);
  await until(async () => (await heightOf(BEHIND)) >= (await heightOf(1)) - 1);
  await page.locator('[data-verdict="out-of-sync"]').waitFor({state: "detached"});
  await page.locator("[data-verdict] h1").waitFor();
  await close();
});
