import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk} from "./desk.ts";
import {ForeignNodes} from "./foreign-process.ts";

let browser: Browser;
const nodes = new ForeignNodes();
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await nodes.stop();
});

interface StatusJson {
  readonly balance: {readonly free: string};
}

interface SetJson {
  readonly candidacyBond: string;
  readonly members: readonly {readonly account: string; readonly kind: string}[];
}

const setOf = (node: string) => rpc<SetJson>(node, "collator_set", []);

/** What a page shows of a fact, without what parts its thousands. */
async function factOf(page: Page, name: string): Promise<string> {
  const fact = page.locator("dt", {hasText: name}).locator("+ dd");
  await fact.getByText(/\d/).waitFor();
  return (await fact.innerText()).replace(/(?<=\d)[,.\s]+(?=\d{3})/g, "");
}

/** Signs, reads that it would work, sends, and waits until it is final. */
async function act(page: Page, button: string, call: string): Promise<void> {
  await page.getByRole("button", {name: button, exact: true}).click();
  const preview = page.getByRole("region", {name: "Before it is sent"});
  await preview.getByText(/^.*Tried out on the best block, it (works|is taken)\./).waitFor();
  await preview.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText(`${call} is final.`).waitFor();
}

test("where a chain names no token, amounts are told and sent in the smallest unit", async () => {
  const node = await nodes.start({properties: {}});
  const {page, goTo, complaints, close} = await openDesk(browser, node);
  const {balance} = await rpc<StatusJson>(node, "collator_status", []);
  assert.ok((await factOf(page, "Balance")).startsWith(`${balance.free} of the smallest unit`));
  await goTo("node");
  assert.match(await page.locator("main").innerText(), /Token\s+none is named/);
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByLabel("Bond of a candidate in the smallest unit").fill("16.5");
  await page.getByText("a whole number", {exact: true}).first().waitFor();
  await page.getByLabel("Bond of a candidate in the smallest unit").fill("1650");
  await assertAccessible(page, "an amount in the smallest unit");
  await act(page, "Set the bond", "Sudo.sudo");
  assert.equal((await setOf(node)).candidacyBond, "1650");
  assert.deepEqual(complaints, []);
  await close();
});

test("accounts have the addresses that the runtime says, so that members of the set are known as such", async () => {
  const node = await nodes.start({properties: {}});
  const {page, goTo, complaints, close} = await openDesk(browser, node);
  await goTo("node");
  await page.locator("dt", {hasText: "Address prefix"}).locator("+ dd", {hasText: "77"}).waitFor();
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByText("Alice is: invulnerable").waitFor();
  await page.getByText("it is in the set already").waitFor();
  const register = page.getByRole("button", {name: "Register as a candidate"});
  assert.equal(await register.isDisabled(), true);
  await page.getByRole("button", {name: "Charlie", exact: true}).click();
  await page.getByRole("button", {name: "Make new keys on this node"}).click();
  await page.getByText("kept in this node's keystore").waitFor();
  await act(page, "Register these keys", "Session.set_keys");
  await act(page, "Register as a candidate", "CollatorSelection.register_as_candidate");
  await page.getByText("Charlie is: candidate").waitFor();
  await act(page, "Leave", "CollatorSelection.leave_intent");
  assert.ok((await setOf(node)).members.every(({kind}) => kind !== "Candidate"));
  assert.deepEqual(complaints, []);
  await close();
});

test("of several tokens the first is the one in which amounts are", async () => {
  const node = await nodes.start({
    properties: {tokenSymbol: ["AAA", "BBB"], tokenDecimals: [10, 12], ss58Format: 77},
  });
  const {page, goTo, complaints, close} = await openDesk(browser, node);
  assert.match(await factOf(page, "Balance"), /^1000000 AAA free/);
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByLabel("Bond of a candidate in AAA").fill("16.5");
  await act(page, "Set the bond", "Sudo.sudo");
  assert.equal((await setOf(node)).candidacyBond, "165000000000");
  assert.deepEqual(complaints, []);
  await close();
});
