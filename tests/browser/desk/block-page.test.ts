import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Browser} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {openDesk} from "./desk.ts";

let node: KhalaProcess;
let browser: Browser;
before(async () => {
  node = await startKhala(["dev", "--seal=manual", "--rpc-port=0"]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const makeBlock = async (): Promise<string> =>
  (await rpc<{hash: string}>(node.url, "engine_createBlock", [true, true])).hash;

test("a block that the chain went past is not called final, however high the final one is", async () => {
  const {page, goTo, close} = await openDesk(browser, node.url);
  const aside = (text: string) => page.locator("header .aside").getByText(text, {exact: true});
  await makeBlock();
  const left = await makeBlock();
  await goTo(`blocks/${left}`);
  await aside("final").waitFor();
  await rpc(node.url, "dev_setHead", [-1]);
  const taken = await makeBlock();
  assert.notEqual(taken, left);
  await makeBlock();
  // The page that stood open, and one that comes later, as by a link of the strip of slots.
  await aside("not on the chain").waitFor();
  await goTo("blocks");
  await goTo(`blocks/${left}`);
  await aside("not on the chain").waitFor();
  await page.getByRole("link", {name: "the one that is there"}).click();
  await page.getByText(taken, {exact: true}).waitFor();
  await aside("final").waitFor();
  await close();
});
