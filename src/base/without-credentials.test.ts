import assert from "node:assert/strict";
import {test} from "node:test";
import {withoutCredentials} from "./without-credentials.ts";

test("an address is shown without what opens it", () => {
  for (const [given, shown] of [
    ["ws://127.0.0.1:9944", "ws://127.0.0.1:9944"],
    ["wss://me:p@ss@example.org:443/rpc", "wss://…@example.org:443/rpc"],
    ["https://me@example.org/a@b", "https://…@example.org/a@b"],
    ["wss://example.org/?key=abc&x=1 0", "wss://example.org/?key=…&x=… 0"],
    ["Invalid URL: ws://me:pass@", "Invalid URL: ws://…@"],
    ["/ip4/1.2.3.4/tcp/30333/p2p/12D3", "/ip4/1.2.3.4/tcp/30333/p2p/12D3"],
    ["me:pass@example.org", "…@example.org"],
    ["no: me:pass@example.org", "no: …@example.org"],
    ["//Alice", "//Alice"],
    ["", ""],
  ] as const) {
    assert.equal(withoutCredentials(given), shown);
  }
});
