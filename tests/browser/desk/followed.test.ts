import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Between, type Message, standBetween} from "./between.ts";
import {DESK, type Desk, openDesk} from "./desk.ts";

const SUBMIT = "author_submitAndWatchExtrinsic";
const UPDATE = "author_extrinsicUpdate";

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
let between: Between;
before(async () => {
  // Blocks come when the test says so.
  node = await startKhala(["dev", "--seal=manual", "--rpc-port=0"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url, {viewport: DESK}, async each => {
    between = await standBetween(each, {change});
  });
  page = desk.page;
  await desk.goTo("submit");
  await page.getByRole("button", {name: "Bob", exact: true}).click();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The page is not told that one is final: it has to look. */
function change(said: Message): Message | undefined {
  const isFinal = said.method === UPDATE && JSON.stringify(said.params).includes('"finalized"');
  return isFinal ? undefined : said;
}

const makeBlock = (isFinal: boolean) =>
  rpc<{hash: string}>(node.url, "engine_createBlock", [true, isFinal]);

const stage = (name: string, isDone: boolean) =>
  page
    .locator(".lifeline")
    .first()
    .locator(isDone ? "li.done" : "li:not(.done)", {hasText: name});

/** Signs a remark and sends it; answers its hash. */
async function sendRemark(byte: string): Promise<string> {
  await page.getByLabel(/^The call's bytes in hex/).fill(`0x000004${byte}`);
  await page.getByRole("button", {name: "Sign this call"}).click();
  await page.getByRole("button", {name: "Send", exact: true}).click();
  await stage("ready", true).waitFor();
  await stage("in block", false).waitFor();
  return (await page.locator(".events .mono").first().getAttribute("title"))!;
}

const submissions = () => between.called.filter(method => method === SUBMIT).length;

test("a transaction that is in a block when the connection breaks goes on from there, and is not sent again", async () => {
  await sendRemark("01");
  await makeBlock(false);
  await stage("in block", true).waitFor();
  await stage("final", false).waitFor();
  await between.cutOff();
  await page.getByText(/looked for as soon as the node is reached/).waitFor();
  between.letThrough();
  await page.getByText(/looked for as soon as/).waitFor({state: "detached"});
  await makeBlock(true);
  await stage("final", true).waitFor();
  await page.getByText("System.remark is final.").waitFor();
  assert.equal(submissions(), 1);
  assert.equal(await page.locator(".lifeline .failed").count(), 0);
});

test("one that waits in the pool when it breaks is followed on into its block", async () => {
  await sendRemark("02");
  await between.cutOff();
  await makeBlock(false);
  between.letThrough();
  await stage("in block", true).waitFor();
  const block = await page.getByRole("link", {name: "its block"}).first().getAttribute("href");
  assert.equal(block, `#/blocks/${await rpc(node.url, "chain_getBlockHash", [])}`);
  await makeBlock(true);
  await stage("final", true).waitFor();
  assert.equal(submissions(), 2);
});

test("one that is nowhere to be found after a break is not called failed: its sight was lost", async () => {
  const hash = await sendRemark("03");
  await between.cutOff();
  await rpc(node.url, "author_removeExtrinsic", [[{hash}]]);
  between.letThrough();
  await page
    .getByText(/^Lost sight of it: it is neither in this node's pool nor in its newest blocks/)
    .waitFor();
  assert.equal(await page.locator(".lifeline .failed").count(), 0);
  assert.equal(submissions(), 3);
});

test("one that is found by its hash is followed on as well", async () => {
  const hash = await sendRemark("04");
  // A page that did not send it.
  const other = await openDesk(browser, node.url);
  await other.goTo("transactions");
  await other.page.getByLabel("Its hash, or the signed transaction").fill(hash);
  await other.page.getByRole("button", {name: "Follow"}).click();
  await other.page.getByText("Waiting in the pool.").waitFor();
  await makeBlock(false);
  await other.page.locator("li.done", {hasText: "in block"}).waitFor();
  await makeBlock(true);
  await other.page.locator("li.done", {hasText: "final"}).waitFor();
  assert.deepEqual(other.complaints, []);
  await other.close();
});
