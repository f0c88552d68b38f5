import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {standBetween} from "./between.ts";
import {assertAccessible, DESK, type Desk, openDesk, takePicture} from "./desk.ts";
import {act} from "./genuine-chain.ts";

/** `Balances.TotalIssuance`. */
const TOTAL_ISSUANCE = "0xc2261276cc9d1f8598ea4b6a74b15c2f57c875e4cff74148e4628f264b974c80";

const amountOf = (stored: string): bigint =>
  BigInt(`0x${stored.slice(2).match(/../g)!.reverse().join("")}`);

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url);
  page = desk.page;
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

test("accounts stand by their names, with balances in the chain's unit and what they are to it", async () => {
  await desk.goTo("accounts");
  await page.getByRole("row", {name: /^Alice 45R2pf… ?\w+ mine [\d,.]+ PHA sudo key/}).waitFor();
  await page.getByRole("row", {name: /^Bob 43qsYb… ?\w+ 1,000,000 PHA/}).waitFor();
  await page.getByRole("row", {name: /^collators' pot/}).waitFor();
  await assertAccessible(page, "accounts");
  await takePicture(page, "accounts-1440");
});

test("an amount goes from one to another by their names, tried out before it is sent", async () => {
  const transfer = page.getByRole("region", {name: "Transfer"});
  const button = transfer.getByRole("button", {name: "Transfer", exact: true});
  assert.equal(await button.isDisabled(), true);
  await transfer.getByLabel("From").selectOption("Alice");
  await transfer.getByLabel("To, an address or a name").fill("nobody at all");
  await transfer
    .getByText("to whom: an address, a public key in hex, or a name such as Alice")
    .waitFor();
  await transfer.getByLabel("To, an address or a name").fill("Bob");
  await transfer.getByLabel("Amount in PHA").fill("lots");
  await transfer.getByText("an amount in PHA, such as 16.5").waitFor();
  await transfer.getByLabel("Amount in PHA").fill("12.5");
  await act(page, "Transfer", "Balances.transfer_keep_alive");
  await page.getByRole("row", {name: /^Bob 43qsYb… ?\w+ 1,000,012.5 PHA/}).waitFor();
});

test("an account's page has its balances, keys and role, and what it sent and was given, by name and in the unit", async () => {
  await page.getByRole("link", {name: /^Bob/}).first().click();
  await page
    .locator("dt", {hasText: "Free"})
    .locator("+ dd", {hasText: "1,000,012.5 PHA"})
    .waitFor();
  await page.getByText("none registered").waitFor();
  const did = page.getByRole("region", {name: "What it sent, and events that name it"});
  await did
    .getByText(/^from: Alice 45R2pf…\w+ mine, to: Bob 43qsYb…\w+, amount: 12\.5 PHA$/)
    .waitFor();
  await desk.goTo("accounts/Alice");
  await did.getByText(/^dest: Bob 43qsYb…\w+, value: 12\.5 PHA$/).waitFor();
  await page.getByText("aura 0xd43593c7").waitFor();
  await assertAccessible(page, "an account");
  await takePicture(page, "account-1440");
  await desk.goTo("accounts/Mallory");
  await page.getByText("“Mallory” is no account").waitFor();
});

test("the faucet gives out of nothing on a development chain", async () => {
  await desk.goTo("accounts");
  const faucet = page.getByRole("region", {name: "Faucet"});
  await faucet.getByLabel("To, an address or a name").fill("Eve");
  await faucet.getByLabel("How much, in PHA").fill("2.25");
  await faucet.getByRole("button", {name: "Give"}).click();
  await faucet.getByText("Given by root's Balances.force_set_balance in block").waitFor();
  await page.getByRole("row", {name: /^Eve 45ppQG… ?\w+ 1,000,002.25 PHA/}).waitFor();
  assert.deepEqual(desk.complaints, []);
});

test("where root is refused, the faucet writes to the state what it gives, and what there is in all", async () => {
  const refused = {result: {blockNumber: 1, error: "BadOrigin", events: []}};
  const other = await openDesk(browser, node.url, {viewport: DESK}, async tab => {
    await standBetween(tab, {
      answer: ({method}) => (method === "dev_dispatch" ? refused : undefined),
    });
  });
  const issued = () => rpc<string>(node.url, "state_getStorage", [TOTAL_ISSUANCE]);
  const before = await issued();
  await other.goTo(`accounts/0x${"08".repeat(32)}`);
  await other.page.getByText("the chain does not know it yet").waitFor();
  const faucet = other.page.getByRole("region", {name: "Faucet"});
  await faucet.getByLabel("How much, in PHA").fill("7");
  await faucet.getByRole("button", {name: "Give"}).click();
  await faucet.getByText("Given by writing it to the state").waitFor();
  await other.page
    .locator("dt", {hasText: "Free"})
    .locator("+ dd", {hasText: /^7 PHA$/})
    .waitFor();
  assert.equal(amountOf(await issued()) - amountOf(before), 7_000_000_000_000n);
  await other.close();
});

test("on a network without a development node's powers the faucet is the richest well-known account", async t => {
  const net: NetProcess = await startNet(["2"]);
  t.after(() => net.stop("SIGTERM"));
  const other = await openDesk(browser, net.nodes[0]!.url);
  await other.goTo("accounts");
  const faucet = other.page.getByRole("region", {name: "Faucet"});
  await faucet.getByLabel("To, an address or a name").fill(`0x${"07".repeat(32)}`);
  await faucet.getByLabel("How much, in PHA").fill("3");
  await faucet.getByRole("button", {name: "Give"}).click();
  await faucet.getByText(/^Sent by \S+, and final\.$/).waitFor();
  await other.page.getByRole("row", {name: /^\w{6}… ?\w{6} 3 PHA/}).waitFor();
  assert.deepEqual(other.complaints, []);
  await other.close();
});
