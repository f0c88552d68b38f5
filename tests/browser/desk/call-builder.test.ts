import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Locator, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, type Desk, openDesk, PHONE, takePicture} from "./desk.ts";
import {act} from "./genuine-chain.ts";

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
let builder: Locator;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url);
  page = desk.page;
  builder = page.getByRole("region", {name: "Build a call"});
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

async function choose(pallet: string, call: string): Promise<void> {
  await builder.getByLabel(/^Pallet/).selectOption(pallet);
  await builder.getByLabel(/^Call/).selectOption(call);
}

test("a call is filled in by its types, refused input says what it takes, and its bytes are shown as they come to be", async () => {
  await desk.goTo("submit");
  await choose("Balances", "transfer_keep_alive");
  await builder.getByText("dest › Id: an address, a public key in hex").waitFor();
  await builder.getByLabel("dest, Id, an address or a name").fill("Mallory");
  await builder
    .getByText("It takes an address, a public key in hex, or a name such as Alice.")
    .waitFor();
  await builder.getByLabel("dest, Id, an address or a name").fill("Bob");
  await builder.getByLabel(/^value in PHA/).fill("2.5.5");
  await builder.getByText("It takes an amount in PHA, such as 16.5.").waitFor();
  await builder.getByLabel(/^value in PHA/).fill("2.5");
  const bob = "8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
  // 2.5 with twelve digits behind the point, compact: its six bytes, lowest first.
  await builder
    .locator(".built", {hasText: new RegExp(`^0x\\w{4}00${bob}0b00a89c134602$`)})
    .waitFor();
  await assertAccessible(page, "a call that is built");
  await takePicture(page, "call-builder-1440");
});

test("what was built is signed and sent, with the arguments in words before", async () => {
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByRole("button", {name: "Sign the built call"}).click();
  await page
    .getByRole("region", {name: "Before it is sent"})
    .getByText(/^dest: Bob 43qsYb…\w+, value: 2\.5 PHA$/)
    .waitFor();
  await page.getByRole("button", {name: "Cancel"}).click();
  await act(page, "Sign the built call", "Balances.transfer_keep_alive");
});

test("calls are within calls, in lists, with text for bytes", async () => {
  await choose("Utility", "batch_all");
  await builder.getByRole("button", {name: "Add to calls"}).click();
  await builder.getByLabel(/^1\b/).selectOption("System");
  await builder.getByText("1: System").waitFor();
  await builder.getByLabel(/^1: System/).selectOption("remark_with_event");
  await builder.getByLabel(/^remark/).fill("hello");
  await builder.getByRole("button", {name: "Add to calls"}).click();
  await builder.getByText("calls › 2: choose one").first().waitFor();
  await builder.getByRole("button", {name: "Remove 2 of calls"}).click();
  await act(page, "Sign the built call", "Utility.batch_all");
  await page.getByRole("link", {name: "its block"}).first().click();
  await page
    .getByText(/^calls: \[System\.remark_with_event \(remark: 0x68656c6c6f \(“hello”\)\)\]$/)
    .waitFor();
});

test("on a development chain a call runs as root without anybody's signature", async () => {
  await desk.goTo("submit");
  await choose("CollatorSelection", "set_desired_candidates");
  await builder.getByLabel(/^max/).fill("99999999999");
  await builder.getByText("It takes a whole number from 0 to 4294967295.").waitFor();
  await builder.getByLabel(/^max/).fill("7");
  await builder.getByRole("button", {name: "Run it as root, unsigned"}).click();
  await builder.getByText(/^Done in block [\d,]+, by way of \w+: .*NewDesiredCandidates/).waitFor();
  const {desiredCandidates} = await rpc<{desiredCandidates: number}>(node.url, "collator_set", []);
  assert.equal(desiredCandidates, 7);
});

test("bytes that were built are taken by the field for bytes from elsewhere, and say the same", async () => {
  const bytes = await builder.locator(".built").textContent();
  await page.getByLabel(/^The call's bytes in hex/).fill(bytes!);
  await page.getByLabel("in the name of root").check();
  await page.getByRole("button", {name: "Sign this call"}).click();
  await page.getByText("call: CollatorSelection.set_desired_candidates (max: 7)").waitFor();
  await page.getByRole("button", {name: "Cancel"}).click();
});

test("what is no key, block or account is refused in words, with what it takes", async () => {
  await desk.goTo("state");
  await page.getByLabel("Entry").selectOption("System.Account");
  await page.getByLabel("Key, or empty for all").fill("Mallory");
  await page.getByRole("button", {name: "Query"}).click();
  await page
    .getByText("“Mallory” is no such key: it takes an address, a public key in hex, or a name")
    .waitFor();
  await page.getByLabel("Key, or empty for all").fill("Bob");
  await page.getByLabel("At block, or empty for the best").fill("the last one");
  await page.getByRole("button", {name: "Query"}).click();
  await page
    .getByText("“the last one” is no block: it takes a number, a hash, or nothing")
    .waitFor();
  await page.getByLabel("At block, or empty for the best").fill("");
  await page.getByRole("button", {name: "Query"}).click();
  await page.locator("pre", {hasText: '"nonce": 0'}).waitFor();
  await page.getByLabel("Entry").selectOption("System.BlockHash");
  await page.getByLabel("Key, or empty for all").fill("soon");
  await page.getByRole("button", {name: "Query"}).click();
  await page
    .getByText("“soon” is no such key: it takes a whole number from 0 to 4294967295")
    .waitFor();
  await desk.goTo("submit");
  await page.getByLabel(/^Invulnerables/).fill("Alice\nMallory");
  await page.getByText("“Mallory” is none: it takes an address").waitFor();
  await page.getByLabel(/^Account, now/).fill("Mallory");
  await page.getByRole("button", {name: "Watch this account"}).click();
  await page.getByText("“Mallory” is no account: it takes an address").waitFor();
});

test("a call is built on a phone too", async () => {
  const phone = await openDesk(browser, node.url, {viewport: PHONE});
  await phone.goTo("submit");
  await phone.page.getByLabel(/^Pallet/).selectOption("Balances");
  const beyond = await phone.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(beyond, 0);
  await takePicture(phone.page, "call-builder-390");
  assert.deepEqual([...phone.complaints, ...desk.complaints], []);
  await phone.close();
});
