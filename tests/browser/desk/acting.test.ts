import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, DESK, type Desk, openDesk, takePicture} from "./desk.ts";

const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";

/** A wallet whose person looks at what is to be signed and says no. In plain text, as it runs in the page. */
const TOY_WALLET = `
  globalThis.askedToSign = [];
  globalThis.injectedWeb3 = {
    toy: {
      enable: async () => ({
        accounts: {
          get: async () => [
            {address: "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty", name: "Bob's", type: "sr25519"},
          ],
          subscribe: () => () => undefined,
        },
        signer: {
          signPayload: async payload => {
            askedToSign.push(payload);
            throw new Error("the person said no");
          },
          signRaw: async () => ({}),
        },
      }),
    },
  };
`;

let node: KhalaProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=session=10"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, node.url);
  page = desk.page;
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

interface SetJson {
  readonly members: readonly {readonly account: string; readonly kind: string}[];
}

async function kindOfBob(): Promise<string | undefined> {
  const {members} = await rpc<SetJson>(node.url, "collator_set", []);
  return members.find(({account}) => account === BOB)?.kind;
}

/** Signs, reads what would happen, sends, and waits until it is final. */
async function act(button: string, call: string): Promise<void> {
  await page.getByRole("button", {name: button, exact: true}).click();
  const preview = page.getByRole("region", {name: "Before it is sent"});
  await preview.getByText(/^.*Tried out on the best block, it (works|is taken)\./).waitFor();
  await preview.getByText(call).waitFor();
  await preview.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText(`${call} is final.`).waitFor();
}

test("without a signer the page only reads", async () => {
  await desk.goTo("submit");
  const register = page.getByRole("button", {name: "Register as a candidate"});
  assert.equal(await register.isDisabled(), true);
});

test("a candidate registers and leaves from the page with a well-known key", async () => {
  await page.getByRole("button", {name: "Bob", exact: true}).click();
  await page.getByRole("button", {name: "Make new keys on this node"}).click();
  await page.getByText("kept in this node's keystore").waitFor();
  await act("Register these keys", "Session.set_keys");
  await act("Register as a candidate", "CollatorSelection.register_as_candidate");
  assert.equal(await kindOfBob(), "Candidate");
  await takePicture(page, "acting-1440");
  await assertAccessible(page, "after two actions");
  await act("Leave", "CollatorSelection.leave_intent");
  assert.notEqual(await kindOfBob(), "Candidate");
});

test("what would fail is said before it is sent", async () => {
  await page.getByLabel("Candidates wanted").fill("3");
  await page.getByRole("button", {name: "Set how many candidates are wanted"}).click();
  await page.getByText("Tried out on the best block, it fails: Sudo.RequireSudo").waitFor();
  await page.getByRole("button", {name: "Cancel"}).click();
});

test("root's calls go out in root's name with the sudo key", async () => {
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  await act("Set how many candidates are wanted", "Sudo.sudo");
  const {desiredCandidates} = await rpc<{desiredCandidates: number}>(node.url, "collator_set", []);
  assert.equal(desiredCandidates, 3);
});

test("a transaction's way is found again by its hash, and its block is taken apart", async () => {
  const hash = await page.locator(".events .mono").first().getAttribute("title");
  await desk.goTo("transactions");
  await page.getByLabel("Its hash, or the signed transaction").fill(hash!);
  await page.getByRole("button", {name: "Follow"}).click();
  await page.getByText("It is followed below.").waitFor();
  // A page that did not send it finds it too.
  const {page: other, close} = await openDesk(browser, node.url);
  await other.goto(`${node.url.replace("ws:", "http:")}/#/transactions`);
  await other.getByLabel("Its hash, or the signed transaction").fill(hash!);
  await other.getByRole("button", {name: "Follow"}).click();
  await other.getByText(/^Found, and/).waitFor();
  await other.getByText("earlier").first().waitFor();
  await close();
  await takePicture(page, "life-line-1440");
  await page.getByRole("link", {name: "its block"}).first().click();
  await page
    .getByText("CollatorSelection.NewDesiredCandidates")
    .first()
    .waitFor({state: "attached"});
  await page.locator("summary").last().click();
  await assertAccessible(page, "a block");
  await takePicture(page, "block-1440");
});

test("the state is looked up by name, decoded", async () => {
  await desk.goTo("state");
  await page.getByLabel("Entry").selectOption("CollatorSelection.DesiredCandidates");
  await page.getByRole("button", {name: "Query"}).click();
  await page.locator("pre", {hasText: /^3$/}).waitFor();
  await page.getByLabel("Entry").selectOption("System.Account");
  await page.getByLabel("Key, or empty for all").fill(BOB);
  await page.getByRole("button", {name: "Query"}).click();
  await page.locator("pre", {hasText: '"nonce": 3'}).waitFor();
  await takePicture(page, "looked-up-1440");
});

test("the node says what its database takes and is made of", async () => {
  await desk.goTo("node");
  const storage = page.getByRole("region", {name: "Storage", exact: true});
  await storage.getByText("told ten minutes after the start").waitFor();
  await storage.getByRole("row", {name: /^state nodes \d/}).waitFor();
  await assertAccessible(page, "the node");
  await takePicture(page, "storage-1440");
});

test("on a development chain the page moves time", async () => {
  const session = async () => (await rpc<{index: number}>(node.url, "khala_sessionInfo", [])).index;
  const before = await session();
  await desk.goTo("submit");
  await page.getByRole("button", {name: "Go to the next session"}).click();
  await page.getByText(/^Session \d+ began with block/).waitFor();
  assert.ok((await session()) > before);
});

test("the page says for whom the node collates, and the first screen follows", async () => {
  await page.getByLabel(/^Account, now/).fill(BOB);
  await page.getByRole("button", {name: "Watch this account"}).click();
  await page.getByText("The node watches this account.").waitFor();
  const watched = await rpc<{account: string}>(node.url, "collator_status", []);
  assert.equal(watched.account, BOB);
  await page.getByRole("button", {name: "By this node's keys"}).click();
  await page.getByText("The node finds out by its keys.").waitFor();
});

test("a wallet in the browser signs by the interface that all wallets speak", async () => {
  const context = await browser.newContext({viewport: DESK});
  const other = await context.newPage();
  await other.addInitScript({content: TOY_WALLET});
  await other.goto(`${node.url.replace("ws:", "http:")}/#/submit`);
  await other.getByRole("button", {name: "Connect toy"}).click();
  await other.getByRole("button", {name: "Bob's"}).click();
  await other.getByText(BOB.slice(0, 6)).first().waitFor();
  await other.getByRole("button", {name: "Register as a candidate"}).click();
  await other.getByText("the person said no").waitFor();
  const [payload] = await other.evaluate(
    () =>
      (globalThis as unknown as {askedToSign: {genesisHash: string; method: string}[]}).askedToSign,
  );
  assert.equal(payload!.genesisHash, await rpc(node.url, "chain_getBlockHash", [0]));
  assert.match(payload!.method, /^0x3303$/);
  await context.close();
});

test("what was sent all the same and failed in its block is not called done", async () => {
  await page.getByRole("button", {name: "Bob", exact: true}).click();
  await page.getByLabel("Candidates wanted").fill("4");
  await page.getByRole("button", {name: "Set how many candidates are wanted"}).click();
  await page.getByRole("button", {name: "Send anyway"}).click();
  await page.getByText("Sudo.sudo is final, and failed: Sudo.RequireSudo").waitFor();
  await page.getByText("It is in its block, and failed there: Sudo.RequireSudo").waitFor();
});

test("a call that root's carries, and that fails, is not called done either", async () => {
  await page.getByRole("button", {name: "Alice", exact: true}).click();
  // CollatorSelection.leave_intent, which has to be signed.
  await page.getByLabel(/^The call's bytes in hex/).fill("0x3304");
  await page.getByLabel("in the name of root").check();
  await page.getByRole("button", {name: "Sign this call"}).click();
  await page.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText("Sudo.sudo is final, and failed: Sudo.Sudid, BadOrigin").waitFor();
});

test("nothing of all that made the browser complain", () => {
  assert.deepEqual(desk.complaints, []);
});
