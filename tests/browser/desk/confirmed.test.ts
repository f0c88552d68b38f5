import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Locator, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {launchBrowser} from "../browser.ts";
import {type Desk, openDesk} from "./desk.ts";

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
let box: Locator;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url);
  page = desk.page;
  box = page.getByRole("region", {name: "Before it is sent"});
  await desk.goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const panel = (name: string) => page.getByRole("region", {name, exact: true});
const button = (name: string) => page.getByRole("button", {name, exact: true});

/** Fills in a call by its bytes and signs it. */
async function signBytes(bytes: string): Promise<void> {
  await page.getByLabel(/^The call's bytes in hex/).fill(bytes);
  await button("Sign this call").click();
}

test("a number that is too wide for the chain is refused by every form, with what it takes", async () => {
  await page.getByLabel("Candidates wanted").fill("99999999999");
  await panel("Root's calls").getByText("a whole number from 0 to 4294967295").waitFor();
  assert.equal(await button("Set how many candidates are wanted").isDisabled(), true);
  await page.getByLabel("Bond of a candidate in PHA").fill("340282366920938463463374608");
  await panel("Root's calls")
    .getByText(/^at most 340,282,366,/)
    .waitFor();
  assert.equal(await button("Set the bond").isDisabled(), true);
  await desk.goTo("accounts");
  for (const [name, field, action] of [
    ["Transfer", "Amount in PHA", "Transfer"],
    ["Faucet", "How much, in PHA", "Give"],
  ] as const) {
    await panel(name).getByLabel("To, an address or a name").fill("Bob");
    await panel(name)
      .getByLabel(field)
      .fill(`1${"0".repeat(41)}`);
    await panel(name)
      .getByText(/^at most 340,282,366,/)
      .waitFor();
    assert.equal(await panel(name).getByRole("button", {name: action}).isDisabled(), true);
  }
  await desk.goTo("submit");
});

test("nobody is appointed twice", async () => {
  await page.getByLabel(/^Invulnerables/).fill("Alice\nBob\nAlice");
  await page.getByText("“Alice” stands there twice").waitFor();
  assert.equal(await button("Appoint these").isDisabled(), true);
});

test("what is about to be sent says from whom and with all its digits, and any edit withdraws it", async () => {
  await desk.goTo("accounts");
  const transfer = panel("Transfer");
  await transfer.getByLabel("To, an address or a name").fill("Bob");
  const amount = transfer.getByLabel("Amount in PHA");
  const sign = async (text: string) => {
    await amount.fill(text);
    await transfer.getByRole("button", {name: "Transfer"}).click();
    await box.waitFor();
  };
  await sign("1.000000000001");
  assert.match(await box.innerText(), /from Alice, fee 0\.\d{5,} PHA/);
  assert.match(await box.innerText(), /1\.000000000001 PHA/);
  await amount.fill("2");
  await box.waitFor({state: "detached"});
  await sign("1");
  await amount.fill("nonsense");
  await box.waitFor({state: "detached"});
  await sign("1");
  await transfer.getByLabel("To, an address or a name").fill("Charlie");
  await box.waitFor({state: "detached"});
  await sign("1");
  await transfer.locator("select").selectOption("//Bob");
  await box.waitFor({state: "detached"});
  await transfer.locator("select").selectOption("//Alice");
  await desk.goTo("submit");
  await signBytes("0x00000401");
  await box.waitFor();
  await page.getByLabel(/^The call's bytes in hex/).fill("0x00000402");
  await box.waitFor({state: "detached"});
});

test("bytes that are no call are told to be none, in words", async () => {
  await signBytes("0xdead");
  await page
    .getByText("These bytes are no call of this chain: it has no pallet 222 with calls.")
    .waitFor();
  await signBytes("0x00ff");
  await page.getByText("These bytes are no call of this chain: System has no call 255.").waitFor();
  await signBytes("0x000004");
  await page.getByText(/^These bytes are no call of this chain: they end too early/).waitFor();
  await signBytes("0x00000401ffff");
  await page.getByText("These bytes are no call of this chain: 2 too many.").waitFor();
  assert.equal(await box.count(), 0);
});

test("a batch of which a call fails is not told to work, neither before nor behind it", async () => {
  // Of one call, CollatorSelection.leave_intent, in the name of who is no candidate.
  const builder = panel("Build a call");
  await builder.getByLabel(/^Pallet/).selectOption("Utility");
  await builder.getByLabel(/^Call/).selectOption("batch");
  await builder.locator("pre.built").getByText(/^0x/).waitFor();
  const empty = await builder.locator("pre.built").innerText();
  const batch = empty.slice(0, 6);
  await page.getByRole("button", {name: "Charlie", exact: true}).click();
  await signBytes(`${batch}043304`);
  await box.getByText(/it is taken\. Whether what it carries works is not told by that/).waitFor();
  assert.equal(await box.getByText("it works").count(), 0);
  await box.getByRole("button", {name: "Send", exact: true}).click();
  await page
    .getByText(/^Utility.batch is final, and failed: Utility.BatchInterrupted, call 1 of it: /)
    .waitFor();
});

test("a transaction is sent by a button that says so, and what is none is not sent", async () => {
  await desk.goTo("transactions");
  const field = page.getByLabel(/^Its hash, or the signed transaction/);
  await field.fill(`0x${"ab".repeat(32)}`);
  await button("Follow").waitFor();
  await field.fill("0xzz");
  await page.getByText("It takes whole bytes in hex that begin with 0x.").waitFor();
  assert.equal(await button("Follow").isDisabled(), true);
  await field.fill("0xdead");
  await button("Send it, and follow").click();
  await page.getByText("Nothing was sent: these bytes are no transaction of this chain.").waitFor();
  // A remark that nobody signed: it reads as a transaction, and the node takes none of that kind.
  await field.fill("0x1404000004ff");
  await button("Send it, and follow").click();
  await page.getByText(/^Not taken: System\.remark: /).waitFor();
});

test("what was read under one key does not stand below another", async () => {
  await desk.goTo("state");
  const raw = panel("Storage by raw key");
  const key = raw.getByLabel(/^Key in hex/);
  await key.fill("0x3a68656170706167657300");
  await raw.getByRole("button", {name: "Read"}).click();
  await raw.getByText("Nothing is stored.").waitFor();
  await key.fill("0xzz");
  await raw.getByText("It takes whole bytes in hex that begin with 0x.").waitFor();
  assert.equal(await raw.getByText("Nothing is stored.").count(), 0);
  assert.equal(await raw.getByRole("button", {name: "Read"}).isDisabled(), true);
});

test("an address with a wrong letter is told from what is none at all", async () => {
  await desk.goTo("accounts");
  const to = panel("Transfer").getByLabel("To, an address or a name");
  await to.fill("43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx8");
  await panel("Transfer")
    .getByText(/the checksum of this one is wrong/)
    .waitFor();
  await to.fill("Mallory");
  await panel("Transfer")
    .getByText(/^to whom: an address, a public key/)
    .waitFor();
});

test("nothing of all that made the browser complain", () => {
  assert.deepEqual(desk.complaints, []);
});
