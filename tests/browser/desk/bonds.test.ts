import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {launchBrowser} from "../browser.ts";
import {type Message, standBetween} from "./between.ts";
import {DESK, type Desk, openDesk} from "./desk.ts";
import {ForeignNodes} from "./foreign-process.ts";

let browser: Browser;
let node: string;
const nodes = new ForeignNodes();
before(async () => {
  browser = await launchBrowser();
  node = await nodes.start();
});
after(async () => {
  await browser?.close();
  await nodes.stop();
});

/** A name with its length in front, as metadata has it, in hex. */
const named = (name: string) =>
  `${(name.length * 4).toString(16).padStart(2, "0")}${Buffer.from(name).toString("hex")}`;

/** `meta`: what is in front of it wraps it, with a length that would not be true any more. */
const MAGIC = "6d657461";

/** Has the chain's calls of root by names of newer generations' calls. */
const renamed = (said: Message): Message => {
  const {result} = said;
  if (typeof result !== "string" || !result.includes(named("set_candidacy_bond"))) return said;
  const metadata = result
    .slice(result.indexOf(MAGIC))
    .replace(named("set_candidacy_bond"), named("update_bond"))
    .replace(named("set_desired_candidates"), named("take_candidate_slot"));
  return {...said, result: `0x${metadata}`};
};

/** Keys are made with a proof, since the second version of this API. */
const proving = (said: Message): Message => {
  const version = said.result as {apis?: (readonly [string, number])[]} | undefined;
  if (!Array.isArray(version?.apis)) return said;
  const apis = version.apis.map(([id, each]) => [id, id === "0xab3c0572291feb8b" ? 2 : each]);
  return {...said, result: {...version, apis}};
};

async function openSubmit(rules: Parameters<typeof standBetween>[1]): Promise<Desk> {
  const desk = await openDesk(browser, node, {viewport: DESK}, async page => {
    await standBetween(page, rules);
  });
  await desk.goTo("submit");
  await desk.page.getByRole("button", {name: "Bob", exact: true}).click();
  return desk;
}

test("where all candidates have the same bond, none is offered to change, and no place to take", async () => {
  const {page, close} = await openSubmit({});
  await page.getByText(/^A candidate has 100 TOY reserved/).waitFor();
  await page.getByRole("button", {name: "Leave"}).waitFor();
  for (const name of ["Change the bond", "Take another candidate's place"]) {
    assert.equal(await page.getByRole("button", {name}).count(), 0, name);
  }
  await close();
});

test("where places go by bonds both are offered, and who is no candidate is told so", async () => {
  const {page, complaints, close} = await openSubmit({change: renamed});
  await page.getByText(/^A candidate has 100 TOY or more reserved/).waitFor();
  const change = page.getByRole("button", {name: "Change the bond"});
  await change.waitFor();
  assert.equal(await change.isDisabled(), true);
  await page.getByText(/^Its bond in TOY, now none, at least 100 TOY$/).waitFor();
  const row = page.locator(".row", {has: change});
  assert.match(await row.innerText(), /it is no candidate/);
  const take = page.locator(".row", {
    has: page.getByRole("button", {name: "Take another candidate's place"}),
  });
  assert.match(await take.innerText(), /it is in the set already/);
  assert.deepEqual(complaints, []);
  await close();
});

test("where keys need a proof, those of elsewhere are not registered, and the proof of those made here goes along", async () => {
  const keys = `0x${"07".repeat(32)}`;
  const {page, close} = await openSubmit({
    change: proving,
    answer: ({method}) =>
      method === "author_rotateKeysWithOwner" ? {result: {keys, proof: "0xc0ffee"}} : undefined,
  });
  const field = page.getByLabel("Session keys, all kinds one after the other");
  await field.fill(`0x${"08".repeat(32)}`);
  await page
    .getByText("this chain takes keys with a proof that they are Bob's: make new ones")
    .waitFor();
  await page.getByRole("button", {name: "Make new keys on this node"}).click();
  await page.getByText("kept in this node's keystore").waitFor();
  assert.equal(await field.inputValue(), keys);
  await page.getByRole("button", {name: "Register these keys"}).click();
  await page.getByText("The exact call").click();
  // Its proof has its length in front: three bytes.
  await page.getByText(/^0x1600(07){32}0cc0ffee$/).waitFor();
  await page.getByRole("button", {name: "Charlie", exact: true}).click();
  await page.getByText("a proof that they are Charlie's: make new ones").waitFor();
  await close();
});
