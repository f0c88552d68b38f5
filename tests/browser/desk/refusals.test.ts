import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {launchBrowser} from "../browser.ts";
import {type Between, standBetween} from "./between.ts";
import {assertAccessible, DESK, type Desk, openDesk} from "./desk.ts";

/** As a node answers whose operator has set a limit that is too low. */
const REFUSAL = {error: {code: -32_999, message: "RPC rate limit exceeded"}};

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

interface Refusing extends Desk {
  readonly between: Between;
  /** Methods that are refused while they are in it. */
  readonly refused: Set<string>;
}

async function openRefused(...methods: readonly string[]): Promise<Refusing> {
  const refused = new Set(methods);
  let between: Between | undefined;
  const desk = await openDesk(browser, node.url, {viewport: DESK}, async page => {
    between = await standBetween(page, {
      answer: ({method}) => (refused.has(method ?? "") ? REFUSAL : undefined),
    });
  });
  return {...desk, between: between!, refused};
}

test("a node that refuses to tell how it is is said to, and asked again until it does", async () => {
  const {page, between, refused, verdict, close} = await openRefused("collator_subscribeStatus");
  assert.equal(
    await verdict("refused"),
    "The node refuses to tell how it is: RPC rate limit exceeded.",
  );
  for (const name of ["Session", "Standing", "Head and finality"]) {
    const panel = page.getByRole("region", {name, exact: true});
    await panel.getByText("Not available: RPC rate limit exceeded").waitFor();
  }
  await page.getByText("not known now").waitFor();
  assert.equal(await page.getByText(/no slot of mine/).count(), 0);
  await assertAccessible(page, "a page that is refused");
  refused.clear();
  await verdict("producing");
  const asked = between.called.filter(method => method === "collator_subscribeStatus").length;
  assert.ok(asked >= 2 && asked < 10, `asked ${asked} times`);
  await close();
});

test("an account's share is not told from blocks that the node refused", async () => {
  const {page, refused, goTo, close} = await openRefused(
    "chain_subscribeNewHeads",
    "chain_getHeader",
  );
  await goTo("trends");
  const panel = page.getByRole("region", {name: "Production against the expected share"});
  await panel.getByText("Not available: RPC rate limit exceeded").waitFor();
  assert.equal(await panel.getByText("0 of the last 0 blocks").count(), 0);
  refused.clear();
  await panel.getByText(/^\d+ of the last [1-9]\d* blocks? (is|are) this account's/).waitFor();
  await close();
});

test("what the node is, and what it can be asked, is asked for until it is told", async () => {
  const {page, refused, goTo, close} = await openRefused("rpc_methods", "system_chain");
  await goTo("node");
  const refusal = page.getByText("Not available: RPC rate limit exceeded");
  await page.getByRole("region", {name: "JSON-RPC"}).locator(refusal).waitFor();
  await page.getByRole("region", {name: "Identity"}).locator(refusal).waitFor();
  refused.clear();
  await page.getByText(/^\d+ methods at/).waitFor();
  await page.getByText("Khala Development, development").waitFor();
  await close();
});

test("what was refused once is asked for again though nothing else changes", async () => {
  const {page, refused, goTo, close} = await openRefused(
    "collator_set",
    "collator_subscribeStatus",
  );
  await goTo("collators");
  await page.getByText("Not available: RPC rate limit exceeded").waitFor();
  refused.delete("collator_set");
  await page.getByText("1 author in this session").waitFor();
  await close();
});
