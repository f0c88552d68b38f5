import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Message, standBetween} from "./between.ts";
import {DESK, type Desk, openDesk} from "./desk.ts";
import {ForeignNodes} from "./foreign-process.ts";

let browser: Browser;
/** Of a chain that publishes sessions, and of one that does not. */
let whole: string;
let silent: string;
const nodes = new ForeignNodes();
before(async () => {
  browser = await launchBrowser();
  [whole, silent] = await Promise.all([nodes.start(), nodes.start({unpublished: ["Session"]})]);
});
after(async () => {
  await browser?.close();
  await nodes.stop();
});

type Status = Readonly<Record<"keys" | "session", Readonly<Record<string, unknown>>>>;

/** As if the node had said something else of how it is. */
const openWithStatus = (change: (status: Status) => object): Promise<Desk> =>
  openDesk(browser, whole, {viewport: DESK}, async page => {
    await standBetween(page, {
      change(said: Message) {
        if (said.method !== "collator_status") return said;
        const params = said.params as {readonly result: Status};
        return {...said, params: {...params, result: {...params.result, ...change(params.result)}}};
      },
    });
  });

const panel = (page: Page, name: string | RegExp) => page.getByRole("region", {name, exact: true});

test("keys that the chain does not tell are unknown, and not none", async () => {
  for (const [verdict, word] of [
    ["unknown", "unknown"],
    ["not-registered", "none"],
  ]) {
    const {page, close} = await openWithStatus(({keys}) => ({
      keys: {...keys, verdict, now: undefined, queued: undefined, next: undefined},
    }));
    const keys = panel(page, "Session keys").locator(".facts dd");
    await keys.nth(2).waitFor();
    assert.deepEqual(await keys.allInnerTexts(), Array(3).fill(word));
    await close();
  }
});

test("where the runtime cannot be read, nothing is said of whether it publishes sessions", async () => {
  const none = ({session}: Status) => ({session: {...session, index: null}});
  const {page, close} = await openWithStatus(none);
  await panel(page, "Session").getByText("This chain does not publish any sessions.").waitFor();
  await close();
  const unread = await openWithStatus(status => ({
    ...none(status),
    whyNoSet: "the runtime gives no metadata: it is old",
  }));
  await panel(unread.page, "Session")
    .getByText("Which session this is, is unknown. The runtime gives no metadata: it is old.")
    .waitFor();
  await unread.close();
});

test("when a candidate will author is promised only where the chain's sessions say so", async () => {
  const promise = "It authors two sessions later, and as long again after it has left.";
  for (const [node, bond, isPromised] of [
    [whole, "reserved for as long as it stands.", true],
    [silent, "What a candidate has to have reserved is unknown.", false],
  ] as const) {
    const {page, goTo, close} = await openDesk(browser, node);
    await goTo("submit");
    const words = panel(page, /^2 · Candidacy/).locator(".lead");
    await words.getByText(bond).waitFor();
    assert.equal((await words.innerText()).includes(promise), isPromised);
    await close();
  }
});

test("where nobody knows whose blocks are whose, what an account's brought is unknown", async () => {
  const alice = await rpc<{account: string}>(whole, "collator_status", []);
  await rpc(silent, "collator_watch", [alice.account]);
  const {page, goTo, close} = await openDesk(browser, silent);
  await goTo("trends");
  await panel(page, "Rewards")
    .getByText("What it brings is unknown: this chain does not say whose blocks are whose.")
    .waitFor();
  await close();
});

test("where the chain publishes no session, who is in its set is unknown", async () => {
  const {account} = await rpc<{account: string}>(whole, "collator_status", []);
  await rpc(silent, "collator_watch", [account]);
  const {page, goTo, close} = await openDesk(browser, silent);
  await panel(page, "Standing").getByText("Its standing is unknown: this chain").waitFor();
  await goTo("collators");
  await panel(page, "Collators").getByText("Who they are is unknown: this chain").waitFor();
  await close();
});

test("session keys may be of any length, and the chain's runtime says whether they are its own", async () => {
  const {page, goTo, close} = await openDesk(browser, whole);
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  const register = page.getByRole("button", {name: "Register these keys"});
  await page.getByLabel("Session keys, all kinds").fill(`0x${"02".repeat(31)}`);
  await register.click();
  await page.getByText("these are no session keys of this chain").waitFor();
  await page.getByLabel("Session keys, all kinds").fill(`0x${"02".repeat(32)}`);
  await register.click();
  await page.getByText("Tried out on the best block").waitFor();
  await close();
});
