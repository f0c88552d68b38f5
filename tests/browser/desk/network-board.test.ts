import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, takePicture} from "./desk.ts";
import {pauseNode} from "./node-process.ts";

let net: NetProcess;
let browser: Browser;
before(async () => {
  net = await startNet(["3", "--processes", "--param=slot=1s"]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await net?.stop("SIGTERM");
});

interface NodeJson {
  readonly name: string;
  readonly url: string;
  readonly said: {readonly best: number} | null;
  readonly goneSince: number | null;
  readonly hasEnded: boolean;
}

const nodes = (asked: number) => rpc<NodeJson[]>(net.nodes[asked]!.url, "khala_netNodes", []);

test("each node of a network shows all of them, with a link to the page of each", async () => {
  const {page, complaints, close} = await openDesk(browser, net.nodes[1]!.url);
  const board = page.getByRole("region", {name: "Nodes of this network", exact: true}).first();
  await board.getByText("all 3 answer").waitFor();
  assert.equal(await board.locator("tbody tr").count(), 3);
  await assertAccessible(page, "the board of a network");
  await board.getByRole("link", {name: net.nodes[0]!.name}).click();
  await page.locator("[data-verdict]").waitFor();
  assert.equal(new URL(page.url()).port, new URL(net.nodes[0]!.url).port);
  assert.deepEqual(
    complaints.filter(each => !each.includes(net.nodes[0]!.url.replace("ws", "http"))),
    [],
  );
  await close();
});

test("a node that was killed is shown as ended since then, and who does not answer as silent", async () => {
  const {page, close} = await openDesk(browser, net.nodes[0]!.url);
  const board = page.getByRole("region", {name: "Nodes of this network", exact: true}).first();
  await board.getByText("all 3 answer").waitFor();
  const killedAt = Date.now();
  process.kill(pauseNode(net.pid, net.nodes[2]!.name), "SIGKILL");
  await board.getByText("1 of 3 gone").waitFor();
  const row = board.locator("tbody tr").nth(2);
  assert.match((await row.textContent())!, /ended at \d\d:\d\d:\d\d UTC/);
  const gone = (await nodes(0)).find(({name}) => name === net.nodes[2]!.name)!;
  assert.ok(gone.hasEnded);
  assert.ok(gone.goneSince! >= killedAt - 1_000 && gone.goneSince! <= Date.now());
  await takePicture(page, "network-board-1440");
  const silent = pauseNode(net.pid, net.nodes[1]!.name);
  await board.getByText("2 of 3 gone").waitFor();
  assert.match((await board.locator("tbody tr").nth(1).textContent())!, /silent since/);
  process.kill(silent, "SIGCONT");
  await board.getByText("1 of 3 gone").waitFor();
  await close();
});
