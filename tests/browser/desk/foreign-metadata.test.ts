import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Message, standBetween} from "./between.ts";
import {DESK, type Desk, openDesk, SCREENS} from "./desk.ts";
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

type Rules = Parameters<typeof standBetween>[1];

const openWith = (rules: Rules): Promise<Desk> =>
  openDesk(browser, node, {viewport: DESK}, async page => {
    await standBetween(page, rules);
  });

const AT_VERSION = "Metadata_metadata_at_version";
const asksForVersion = ({method, params}: Message) =>
  method === "state_call" && (params as string[])[0] === AT_VERSION;

/** None: what a runtime answers that does not offer the version. */
const NONE = {result: "0x00"};

/** As a runtime does that has metadata 14 and no other. */
const only14 = (call: Message) => (asksForVersion(call) ? NONE : undefined);

/** Waits for a block or two, of which the page has something to tell. */
async function newestBlock(page: Page): Promise<string> {
  const first = page.getByRole("row").nth(1);
  await first.waitFor();
  return first.innerText();
}

test("a chain that has metadata 14 alone is read and written to by it", async () => {
  const {page, goTo, complaints, close} = await openWith({answer: only14});
  await goTo("blocks");
  await page.getByRole("row").nth(3).waitFor();
  assert.match(
    await newestBlock(page),
    /df\w{4}…\w{6}/,
    "who made it, by an address of the chain's",
  );
  await page.locator("tbody a").first().click();
  await page.getByText("Timestamp.set").waitFor();
  await page.getByText("System.ExtrinsicSuccess").first().waitFor({state: "attached"});
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByLabel("Candidates wanted").fill("3");
  await page.getByRole("button", {name: "Set how many candidates are wanted"}).click();
  await page.getByText(/^.*Tried out on the best block, it is taken\./).waitFor();
  await page.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText("Sudo.sudo is final.").waitFor();
  await page.getByRole("button", {name: "Charlie", exact: true}).click();
  await page.getByRole("button", {name: "Register as a candidate"}).click();
  await page
    .getByText("Tried out on the best block, it fails: CollatorSelection.ValidatorNotRegistered")
    .waitFor();
  const {desiredCandidates} = await rpc<{desiredCandidates: number}>(node, "collator_set", []);
  assert.equal(desiredCandidates, 3);
  assert.deepEqual(complaints, []);
  await close();
});

for (const [what, answer, words] of [
  [
    "has no metadata",
    {error: {code: 4003, message: "it has no function Metadata_metadata"}},
    "this chain's runtime gives no metadata: it has no function Metadata_metadata",
  ],
  [
    "describes itself in metadata 12",
    {result: "0x6d6574610c00"},
    "this chain's runtime describes itself in metadata of version 12, and this page reads 13 to 16",
  ],
  [
    "describes itself in broken metadata of an old form",
    {result: "0x6d6574610d04"},
    "the metadata of this chain's runtime does not decode",
  ],
  [
    "gives anything else",
    {result: "0x00112233"},
    "what this chain's runtime gives as its metadata is none",
  ],
] as const) {
  test(`where a runtime ${what}, that is said, and no screen breaks`, async () => {
    const {page, goTo, complaints, close} = await openWith({
      answer: call =>
        asksForVersion(call) ? NONE : call.method === "state_getMetadata" ? answer : undefined,
    });
    for (const screen of SCREENS) {
      await goTo(screen);
      const text = await page.locator("main").innerText();
      assert.doesNotMatch(text, /\bNaN\b|\bundefined\b|\bnull\b/, screen);
    }
    await goTo("state");
    await page.getByText(`Not available: ${words}`).waitFor();
    await goTo("blocks");
    assert.match(await newestBlock(page), /unknown/);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("metadata that this page cannot read is asked for once, and not again with each block", async () => {
  let asked = 0;
  const {page, goTo, close} = await openWith({
    answer(call) {
      if (call.method === "state_getMetadata") {
        asked++;
        return {result: "0x6d6574610d00"};
      }
      return only14(call);
    },
  });
  await goTo("blocks");
  const newest = page.locator("tbody th").first();
  const before = await newest.innerText();
  await page.locator("tbody th", {hasText: String(Number(before) + 2)}).waitFor();
  assert.equal(asked, 1);
  await close();
});

test("another code under the same version is read by its own metadata, and each is asked for once", async () => {
  const other = await nodes.start({unpublished: ["CollatorSelection"]});
  const metadata = await rpc(other, "state_call", [AT_VERSION, "0x0f000000"]);
  let isUpgraded = false;
  let asked = 0;
  const {page, goTo, close} = await openWith({
    answer(call) {
      if (asksForVersion(call)) asked++;
      if (!isUpgraded) return undefined;
      if (call.method === "state_getStorageHash") return {result: `0x${"77".repeat(32)}`};
      return asksForVersion(call) ? {result: metadata} : undefined;
    },
  });
  const entry = page.locator("option", {hasText: "CollatorSelection.Candidacy"});
  await goTo("blocks");
  await page.getByRole("row").nth(2).waitFor();
  await goTo("state");
  await entry.waitFor({state: "attached"});
  assert.equal(asked, 1);
  isUpgraded = true;
  await goTo("node");
  await goTo("state");
  await page.locator("option", {hasText: "System.Account"}).waitFor({state: "attached"});
  assert.equal(await entry.count(), 0);
  assert.equal(asked, 2);
  await close();
});

/** `System.remark` of 0xdeadbeef, and what the extensions carry: mortality, nonce 7, no tip. */
const REMARK = "000010deadbeef";
const CARRIED = "001c00";

/** With its length in front: compact, below 64. */
const extrinsicOf = (hex: string) =>
  `0x${((hex.length / 2) * 4).toString(16).padStart(2, "0")}${hex}`;

interface BlockAnswer {
  readonly block: {
    readonly header: {readonly digest: {readonly logs: readonly string[]}};
    readonly extrinsics: readonly string[];
  };
}

const changedBlocks =
  (change: (block: BlockAnswer["block"]) => object) =>
  (said: Message): Message => {
    const result = said.result as Partial<BlockAnswer> | null | undefined;
    if (typeof result !== "object" || result?.block === undefined) return said;
    return {...said, result: {...result, block: {...result.block, ...change(result.block)}}};
  };

test("a general extrinsic of format 5 is taken for what it is", async () => {
  const general = [
    extrinsicOf(`4500${CARRIED}${REMARK}`),
    // Of a version of extensions that the chain does not publish.
    extrinsicOf(`4509${CARRIED}${REMARK}`),
    extrinsicOf(`05${REMARK}`),
  ];
  const {page, goTo, complaints, close} = await openWith({
    change: changedBlocks(({extrinsics}) => ({extrinsics: [...extrinsics, ...general]})),
  });
  await goTo("blocks/1");
  const items = page.getByRole("region", {name: "Extrinsics"}).locator("summary");
  await items.nth(3).waitFor();
  const said = (await items.allInnerTexts()).slice(1);
  assert.match(said[0]!, /^System\.remark by whom its extensions say.*remark: 0xdeadbeef$/s);
  assert.match(said[1]!, /^a call that this page cannot read by whom its extensions say/);
  assert.match(said[2]!, /^System\.remark\s+\S*\s*done\s+remark: 0xdeadbeef$/s);
  await items.nth(1).click();
  await page.getByText('"CheckNonce": 7').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test("of a block that names no slot, slot and author are said to be unknown", async () => {
  const {page, goTo, close} = await openWith({
    change: changedBlocks(({header}) => ({header: {...header, digest: {logs: []}}})),
  });
  await goTo("blocks/1");
  for (const name of ["Slot", "Author"]) {
    const fact = page.locator("dt", {hasText: name}).locator("+ dd");
    await fact.waitFor();
    assert.equal(await fact.innerText(), "unknown", name);
  }
  await close();
});

/** Hex of `SS58Prefix`, and of a name that says nothing. */
const PREFIX = "53533538507265666978";
const NOTHING = "58585858585858585858";

test("where the runtime has no prefix for addresses, the chain spec's stands, and accounts are the same in both", async () => {
  const {page, goTo, close} = await openWith({
    answer: ({method}) => (method === "system_properties" ? {result: {ss58Format: 30}} : undefined),
    change: said =>
      typeof said.result === "string"
        ? {...said, result: said.result.replace(PREFIX, NOTHING)}
        : said,
  });
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByText("Alice is: invulnerable").waitFor();
  // Alice's address on chains of prefix 30, while the node writes those of prefix 77.
  await page
    .getByText(/^Alice 45R2pf…\w{6}/)
    .first()
    .waitFor();
  await goTo("blocks");
  await page.locator("td .mine").first().waitFor();
  await close();
});

/** Hex of `CheckNonce`, and of a name that nobody knows. */
const NONCE = "436865636b4e6f6e6365";
const UNHEARD = "436865636b4e6f6e6366";

test("an extension that asks for something nobody here knows of is refused by name, and nothing is guessed", async () => {
  const {page, goTo, close} = await openWith({
    change: said =>
      typeof said.result === "string"
        ? {...said, result: said.result.replaceAll(NONCE, UNHEARD)}
        : said,
  });
  await goTo("submit");
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await page.getByLabel("Candidates wanted").fill("3");
  await page.getByRole("button", {name: "Set how many candidates are wanted"}).click();
  await page
    .getByText("this chain's extension CheckNoncf asks for what this page does not know of")
    .waitFor();
  await close();
});
