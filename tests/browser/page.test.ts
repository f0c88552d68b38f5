import assert from "node:assert/strict";
import {once} from "node:events";
import {readFileSync} from "node:fs";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import type {Browser, Page} from "playwright-core";
import {bundleForBrowser} from "../support/bundle.ts";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {launchBrowser} from "./browser.ts";
import {PATIENCE} from "./desk/desk.ts";

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function servePage(): Promise<Server> {
  const files = new Map([
    ["/", {type: "text/html", text: readFileSync(beside("page.html"), "utf8")}],
    ["/page.js", {type: "text/javascript", text: await bundleForBrowser(beside("page.ts"))}],
  ]);
  const server = createServer(({url}, response) => {
    const file = files.get(new URL(url!, "http://localhost").pathname);
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, {"content-type": file.type}).end(file.text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

let node: KhalaProcess;
let server: Server;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  server = await servePage();
  browser = await launchBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", line => line.type() === "error" && complaints.push(line.text()));
  const {port} = server.address() as AddressInfo;
  await page.goto(`http://localhost:${port}/?node=${node.url}`);
});
after(async () => {
  await browser?.close();
  server?.close();
  await node?.stop();
});

/** What the page shows in a place, once it is what is waited for. */
async function shown(id: string, fits: RegExp): Promise<string> {
  const place = page.locator(`#${id}`).filter({hasText: fits});
  await place.waitFor();
  return (await place.textContent())!;
}

test("a page connects and shows the chain and its heads as they come", async () => {
  const genesis = await rpc<string>(node.url, "chain_getBlockHash", [0]);
  assert.equal(await shown("chain", /0x/), `Khala Development ${genesis}`);
  const first = Number(await shown("finalized", /\d/));
  await page.waitForFunction(
    number => Number(document.getElementById("finalized")!.textContent) >= number + 3,
    first,
  );
  assert.ok(Number(await shown("best", /\d/)) >= first + 3);
});

test("a click sends a transfer, and the page shows it final and received", async () => {
  await page.click("#send");
  assert.equal(await shown("received", /\d/), String(10n ** 12n));
  assert.equal(await shown("status", /./), "finalized");
  assert.deepEqual(complaints, []);
});
