import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {standBetween} from "./between.ts";
import {assertAccessible, DESK, type Desk, openDesk, PHONE, SCREENS, takePicture} from "./desk.ts";
import {act} from "./genuine-chain.ts";

const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
let sent: string;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=500ms"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url);
  page = desk.page;
  await desk.goTo("accounts");
  const transfer = page.getByRole("region", {name: "Transfer"});
  await transfer.getByLabel("From").selectOption("Alice");
  await transfer.getByLabel("To, an address or a name").fill("Bob");
  await transfer.getByLabel("Amount in PHA").fill("12.5");
  await act(page, "Transfer", "Balances.transfer_keep_alive");
  sent = (await page.locator(".events .mono").first().getAttribute("title"))!;
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

async function search(text: string): Promise<void> {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("button", {name: "Search"}).click();
}

test("a number or a hash leads to its block, from any screen", async () => {
  await desk.goTo("node");
  await search("1");
  await page.getByRole("heading", {name: "Block 1", exact: true}).waitFor();
  await search(await rpc<string>(node.url, "chain_getBlockHash", [2]));
  await page.getByRole("heading", {name: "Block 2", exact: true}).waitFor();
  await search("99,999,999");
  await page.getByText("There is no block 99999999 yet: the newest is").waitFor();
  // A number with a part behind its point is no block's.
  await search("1.5");
  await page.getByRole("region", {name: "Events with “1.5”"}).waitFor();
});

test("an address of any chain, a key or a name leads to the account", async () => {
  for (const bob of [BOB, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty", "bob"]) {
    await search(bob);
    await page.getByRole("heading", {name: "Bob", exact: true}).waitFor();
    await search("1");
    await page.getByRole("heading", {name: "Block 1", exact: true}).waitFor();
  }
});

test("a transaction is found by its hash, with its block, signer and arguments in names and the unit", async () => {
  await search(sent);
  const found = page.getByRole("region", {name: "Balances.transfer_keep_alive"});
  await found.getByText("done").waitFor();
  await found.getByText(/^dest: Bob 43qsYb…\w+, value: 12\.5 PHA$/).waitFor();
  await found.getByRole("link", {name: /^Alice/}).waitFor();
  await assertAccessible(page, "a transaction that was found");
  await takePicture(page, "found-1440");
  await found.locator("dd a").first().click();
  await page.getByText("Balances.transfer_keep_alive").first().waitFor();
  await search(`0x${"ab".repeat(32)}`);
  await page.getByText("This hash is of no block of this node's").waitFor();
});

test("words are looked for in events of the newest blocks, and no others are shown", async () => {
  await search("NewAccount of nobody");
  await page.getByText("No event in these blocks has these words.").waitFor();
  await search("balances.transfer");
  const found = page.getByRole("region", {name: "Events with “balances.transfer”"});
  await found.getByText(/to: Bob 43qsYb…\w+, amount: 12\.5 PHA$/).waitFor();
  const rows = await found.locator(".happening").allInnerTexts();
  assert.ok(
    rows.every(row => /Balances\.Transfer/.test(row)),
    rows.join("\n"),
  );
});

test("events and blocks are paged back to the first, and what is new comes by itself", async () => {
  await rpc(node.url, "dev_newBlock", [{count: 80}]);
  await desk.goTo("events");
  await page.getByText("Session.NewSession").first().waitFor();
  assert.equal(await page.getByText("System.ExtrinsicSuccess").count(), 0);
  await page.getByLabel("Only those with these words").fill("extrinsicSuccess");
  await page.getByRole("button", {name: "Filter"}).click();
  const events = page.getByRole("region", {name: "Events with “extrinsicSuccess”"});
  await events.locator(".happening").first().waitFor();
  const newest = () => events.locator(".happening").first().innerText();
  const before = await newest();
  await page.waitForFunction(text => {
    const first = document.querySelector<HTMLElement>(".happening");
    return first !== null && first.innerText !== text;
  }, before);
  const older = events.getByRole("button", {name: "Look through older blocks"});
  const count = await events.locator(".happening").count();
  const oldest = async () =>
    /^in blocks ([\d,]+) to/.exec(await events.locator(".aside").innerText())![1]!;
  for (let at = await oldest(); at !== "0"; at = await oldest()) {
    await older.click();
    await events.getByText(new RegExp(`^in blocks (?!${at} )`)).waitFor();
  }
  assert.equal(await older.count(), 0);
  assert.ok((await events.locator(".happening").count()) > count);
  await assertAccessible(page, "events");
  await desk.goTo("blocks");
  const older25 = page.getByRole("link", {name: "Older", exact: true});
  await older25.click();
  await page.getByRole("link", {name: "Newer", exact: true}).waitFor();
  const seen: string[] = [];
  while (await older25.isVisible()) {
    seen.push(await page.getByRole("heading", {name: /^Blocks up to/}).innerText());
    await older25.click();
    await page.waitForFunction(
      text => document.querySelector("main h2")?.textContent !== text,
      seen.at(-1),
    );
    await page.getByRole("table").waitFor();
  }
  assert.ok(seen.length > 1);
  await page.getByRole("row", {name: /^0 /}).waitFor();
});

test("a chart's legend tells what is newest, or the whole span, before anybody points at it, and times in the zone that it names", async () => {
  await desk.goTo("trends");
  const legends = page.locator(".u-legend");
  await legends.filter({hasText: /Block\s*[\d,]+\s*Since the block before\s*\d+\.\d s/}).waitFor();
  const lag = page.getByRole("region", {name: "Finality lag", exact: true});
  const time = lag.locator(".u-legend").filter({hasText: /Time \(UTC\)\s*\d\d:\d\d:\d\d/});
  await time.waitFor();
  const [, told] = /to (\d\d:\d\d):\d\d UTC/.exec(await time.innerText())!;
  const near = [-60_000, 0, 60_000].map(apart =>
    new Date(Date.now() + apart).toISOString().slice(11, 16),
  );
  assert.ok(near.includes(told!), told);
});

test("what is no block is said to be none, with what a block is found by", async () => {
  await desk.goTo("blocks/nonsense");
  await page.getByText("a block is found by its number, or by its hash").waitFor();
});

test("links lead to this node in other tools, and nothing is asked of them before", async () => {
  const host = encodeURIComponent(new URL(node.url).host);
  const hrefs = await page
    .locator("footer a")
    .evaluateAll(all => all.map(each => (each as HTMLAnchorElement).href));
  assert.deepEqual(hrefs, [
    `https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F${host}#/explorer`,
    `https://dev.papi.how/explorer#networkId=custom&endpoint=ws%3A%2F%2F${host}`,
  ]);
  assert.deepEqual(desk.complaints, []);
});

test("all screens are in sight on a phone", async () => {
  const phone = await openDesk(browser, node.url, {viewport: PHONE});
  for (const link of await phone.page.locator("nav a").all()) {
    const box = (await link.boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, await link.innerText());
  }
  assert.equal(await phone.page.locator("nav a").count(), SCREENS.length);
  await phone.close();
});

const best = async () =>
  Number((await rpc<{number: string}>(node.url, "chain_getHeader", [])).number);

test("while blocks come, the screens of accounts and events ask a few questions a block, and no storm of them", async () => {
  let between: Awaited<ReturnType<typeof standBetween>> | undefined;
  const other = await openDesk(browser, node.url, {viewport: DESK}, async tab => {
    between = await standBetween(tab);
  });
  for (const screen of ["accounts", "accounts/Bob", "events"]) {
    await other.goTo(screen);
    // The first time a page of blocks is read, however many that takes.
    if (screen !== "accounts") await other.page.getByText(/^in blocks /).waitFor();
    // Where a page is behind, as on a busy machine, it asks about what went before as well, until it is with the chain.
    await until(`a few questions a block on ${screen}`, async () => {
      const [asked, height] = [between!.called.length, await best()];
      await other.page.waitForTimeout(4_000);
      const [questions, blocks] = [between!.called.length - asked, (await best()) - height];
      // Some ask for each block's body, events and runtime: ten a block are no storm. One or two may be asked about late.
      return questions <= 10 * (blocks + 2);
    });
  }
  await other.close();
});
