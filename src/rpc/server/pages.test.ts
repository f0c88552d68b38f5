import assert from "node:assert/strict";
import {request} from "node:http";
import {test} from "node:test";
import {gunzipSync, gzipSync} from "node:zlib";
import {RpcClient} from "../test-kit/rpc-client.ts";
import {startTestServer} from "../test-kit/test-server.ts";
import {isOwnOrigin} from "./origin-policy.ts";
import type {Pages, ServedFile} from "./pages.ts";

const text = (content: string, isForEver: boolean): ServedFile => ({
  type: "text/plain",
  body: Buffer.from(content),
  zipped: gzipSync(content),
  etag: `"${content}"`,
  isForEver,
});

const PAGES: Pages = {
  at: path =>
    new Map([
      ["/", text("first", false)],
      ["/assets/a-1.js", text("script", true)],
    ]).get(path),
};

/** As `fetch` would, but with the path as it stands, and nothing unzipped. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer}>(
    (resolve, reject) => {
      const sent = request({host: "127.0.0.1", port, path, method, headers}, async response => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part);
        const {statusCode: status = 0} = response;
        resolve({status, headers: response.headers, body: Buffer.concat(parts)});
      });
      sent.on("error", reject);
      sent.end();
    },
  );
}

test("pages are served beside JSON-RPC and health, each with a type, a policy and how long it lasts", async t => {
  const {address} = await startTestServer(t, {pages: PAGES});
  const first = await get(address.port, "/?x=1");
  assert.equal(first.status, 200);
  assert.equal(first.body.toString(), "first");
  assert.equal(first.headers["content-type"], "text/plain");
  assert.equal(first.headers["cache-control"], "no-cache");
  assert.match(String(first.headers["content-security-policy"]), /default-src 'none'/);
  const asset = await get(address.port, "/assets/a-1.js");
  assert.match(String(asset.headers["cache-control"]), /immutable/);
  assert.equal((await get(address.port, "/health")).status, 200);
});

test("a page that the browser has is not sent again, and a smaller form goes to who can read it", async t => {
  const {address} = await startTestServer(t, {pages: PAGES});
  const again = await get(address.port, "/", {"if-none-match": 'W/"first"'});
  assert.deepEqual([again.status, again.body.length], [304, 0]);
  const zipped = await get(address.port, "/", {"accept-encoding": "br, gzip"});
  assert.equal(zipped.headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(zipped.body).toString(), "first");
  const refused = await get(address.port, "/", {"accept-encoding": "gzip;q=0"});
  assert.equal(refused.headers["content-encoding"], undefined);
  assert.equal((await get(address.port, "/", {}, "HEAD")).body.length, 0);
});

test("only known paths are pages: nothing is made of parts of a path", async t => {
  const {address} = await startTestServer(t, {pages: PAGES});
  for (const path of [
    "/assets/../package.json",
    "/assets/%2e%2e/x",
    "/index.html",
    "//",
    "/assets/",
  ]) {
    assert.equal((await get(address.port, path)).status, 405, path);
  }
});

test("without pages the root answers that JSON-RPC goes by POST", async t => {
  const {address} = await startTestServer(t);
  const {status, body} = await get(address.port, "/");
  assert.equal(status, 405);
  assert.match(body.toString(), /JSON-RPC goes by POST or WebSocket/);
});

test("a page that the server itself showed may connect whatever --rpc-cors says, a foreign one may not", async t => {
  const {url} = await startTestServer(t, {pages: PAGES, origins: ["https://example.org"]});
  (await RpcClient.open(`ws://${url}`, {origin: `http://${url}`})).terminate();
  await assert.rejects(RpcClient.open(`ws://${url}`, {origin: "http://127.0.0.1:1"}), /403/);
});

test("an origin is the server's own by address or as localhost, never by a name that anybody can point here", () => {
  assert.ok(isOwnOrigin("http://10.0.0.5:9944", "10.0.0.5:9944"));
  assert.ok(isOwnOrigin("https://[fe80::1]:9944", "[fe80::1]:9944"));
  assert.ok(isOwnOrigin("http://localhost:9944", "localhost:9944"));
  assert.ok(!isOwnOrigin("http://evil.example:9944", "evil.example:9944"));
  assert.ok(!isOwnOrigin("http://10.0.0.5:9944", "10.0.0.5:9945"));
  assert.ok(!isOwnOrigin("null", "null"));
  assert.ok(!isOwnOrigin(undefined, "10.0.0.5"));
});
