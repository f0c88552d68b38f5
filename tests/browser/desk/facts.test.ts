import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {launchBrowser} from "../browser.ts";
import {type Message, standBetween} from "./between.ts";
import {DESK, type Desk, openDesk} from "./desk.ts";

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

type Rules = Parameters<typeof standBetween>[1];

const openWith = (rules: Rules): Promise<Desk> =>
  openDesk(browser, node.url, {viewport: DESK}, async page => {
    await standBetween(page, rules);
  });

interface StatusJson {
  readonly standing: Readonly<Record<string, unknown>>;
  readonly head: {readonly best: number};
}

/** As if the node had said something else of where its account stands. */
const withStanding =
  (standing: (status: StatusJson) => object) =>
  (said: Message): Message => {
    if (said.method !== "collator_status") return said;
    const params = said.params as {readonly result: StatusJson};
    const {result} = params;
    const changed = {...result, standing: {...result.standing, ...standing(result)}};
    return {...said, params: {...params, result: changed}};
  };

const silentFor = (blocks: number, isPressing: boolean) => () => ({
  kind: "Candidate",
  kick: {
    fate: "Kicked",
    silentFor: blocks,
    threshold: 40,
    blocksLeft: 40 - blocks,
    isPressing,
    sentence: `Kicked unless it authors before: silent for ${blocks} of 40 blocks.`,
  },
});

const standingOf = (page: Page) => page.getByRole("region", {name: "Standing", exact: true});

test("a forecast kick is an alarm where the node says that it presses, and not at the beginning of each session", async () => {
  for (const [blocks, isAlarm] of [
    [1, false],
    [20, true],
  ] as const) {
    const {page, close} = await openWith({change: withStanding(silentFor(blocks, isAlarm))});
    await standingOf(page).getByText(`silent for ${blocks} of 40`).waitFor();
    assert.equal(await standingOf(page).locator(".meter").count(), 1);
    assert.equal(await standingOf(page).locator(".meter.bad").count(), isAlarm ? 1 : 0);
    await close();
  }
});

test("a newcomer, whose silence counts from a block ahead, is not said to have authored it", async () => {
  const ahead = ({head}: StatusJson) => ({lastAuthored: head.best + 40});
  const {page, close} = await openWith({change: withStanding(ahead)});
  const authored = standingOf(page).locator("dt", {hasText: "Last authored"}).locator("+ dd");
  await authored.waitFor();
  assert.equal(await authored.textContent(), "not yet as a candidate");
  await close();
});

test("the same keys look the same, in this session and in those to come", async () => {
  const {page, close} = await openWith({});
  const keys = page.getByRole("region", {name: "Session keys"}).locator(".facts .mono");
  await keys.nth(2).waitFor();
  const shown = await keys.allTextContents();
  assert.equal(shown.length, 3);
  assert.equal(new Set(shown).size, 1, shown.join(", "));
  await close();
});

/** Twox128 of `System` and of `BlockWeight`. */
const BLOCK_WEIGHT = "0x26aa394eea5630e07c48ae0c9558cef734abf5cb34d6244378cddbf18e849d96";
/** 2.002e12 of the 2e12 that dev's blocks may have, all of it mandatory: compact, six bytes. */
const OVERFULL = "0x000000000b00b47f20d20100";

test("a block that is fuller than full is explained", async () => {
  const {page, goTo, close} = await openWith({
    answer: ({method, params}) =>
      method === "state_getStorage" && (params as string[])[0] === BLOCK_WEIGHT
        ? {result: OVERFULL}
        : undefined,
  });
  await goTo("trends");
  await page
    .getByText(/The fullest used 100\.1 % of the weight .*: what is mandatory may go beyond\.$/)
    .first()
    .waitFor();
  await close();
});

test("of blocks that brought nothing only that is said", async () => {
  const {page, goTo, close} = await openWith({});
  await page.getByText(/^\d+ blocks? made/).waitFor();
  await goTo("trends");
  await page
    .getByText(/^Nothing for \d+ blocks? of the last [\d,]+\. The pot holds [\d.,]+ PHA\.$/)
    .waitFor();
  await close();
});
