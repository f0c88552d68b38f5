import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {type Desk, openDesk, takePicture} from "./desk.ts";

let net: NetProcess;
let browser: Browser;
let desk: Desk;
let page: Page;
before(async () => {
  net = await startNet(["4", "--candidates=2", "--param=slot=1s"]);
  browser = await launchBrowser();
  desk = await openDesk(browser, net.nodes[5]!.url);
  page = desk.page;
  await desk.goTo("submit");
});
after(async () => {
  await browser?.close();
  await net?.stop("SIGTERM");
});

interface SetJson {
  readonly desiredCandidates: number;
  readonly members: readonly {readonly account: string; readonly kind: string}[];
}

/** As another node of the network has it. */
const collatorSet = () => rpc<SetJson>(net.nodes[0]!.url, "collator_set", []);

async function candidates(): Promise<number> {
  const {members} = await collatorSet();
  return members.filter(({kind}) => kind === "Candidate").length;
}

async function act(button: string, call: string): Promise<void> {
  await page.getByRole("button", {name: button, exact: true}).click();
  const preview = page.getByRole("region", {name: "Before it is sent"});
  await preview.getByText(/^.*Tried out on the best block, it (works|is taken)\./).waitFor();
  await preview.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText(`${call} is final.`).waitFor();
}

test("whoever has an account on the network may sign, by the secrets that everybody knows", async () => {
  await page.getByRole("button", {name: "Collator//6", exact: true}).waitFor();
  assert.equal(await page.getByRole("button", {name: /^Collator\/\//}).count(), 6);
  assert.equal(await page.getByRole("button", {name: "Alice", exact: true}).count(), 0);
});

test("a candidate leaves and registers again from the page of its own node", async () => {
  // They register in the first blocks; and what is final for one node comes to another a little later.
  await until("both stand", async () => (await candidates()) === 2);
  await page.getByRole("button", {name: "Collator//6", exact: true}).click();
  await act("Leave", "CollatorSelection.leave_intent");
  await until("one stands", async () => (await candidates()) === 1);
  await act("Register as a candidate", "CollatorSelection.register_as_candidate");
  await until("both stand again", async () => (await candidates()) === 2);
  await takePicture(page, "acting-on-a-network-1440");
});

test("root's calls go out with the network's own sudo key", async () => {
  await page.getByRole("button", {name: "Collator//1", exact: true}).click();
  await page.getByLabel("Candidates wanted").fill("1");
  await act("Set how many candidates are wanted", "Sudo.sudo");
  await until("one is wanted", async () => (await collatorSet()).desiredCandidates === 1);
  assert.deepEqual(desk.complaints, []);
});
