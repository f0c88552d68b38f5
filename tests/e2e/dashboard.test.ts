import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {until} from "../support/network.ts";

const pageOf = (url: string) => url.replace("ws://", "http://");

test("the built program shows its dashboard where its JSON-RPC is, with all that the page names", async t => {
  const node = await startKhala(["dev", "--rpc-port=0"]);
  t.after(() => node.stop());
  const home = pageOf(node.url);
  const page = await fetch(home);
  // The first lines may come in several pieces; the URL that a start waits for is not the last of them.
  await until("it says where its dashboard is", async () =>
    node.lines.some(line => line.includes(`dashboard    ${home}/`)),
  );
  assert.match(page.headers.get("content-type")!, /^text\/html/);
  const named = [...(await page.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  assert.ok(named.length >= 2);
  for (const [, path] of named) {
    const asset = await fetch(`${home}${path}`);
    assert.equal(asset.status, 200, path);
    assert.match(asset.headers.get("cache-control")!, /immutable/);
    await asset.arrayBuffer();
  }
});

test("with --no-dashboard the port is for JSON-RPC only", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--no-dashboard"]);
  t.after(() => node.stop());
  assert.equal((await fetch(pageOf(node.url))).status, 405);
  assert.ok(!node.lines.some(line => line.includes("dashboard")));
});
