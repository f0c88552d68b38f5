import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {type OpenRpc, rpcReference} from "../support/rpc-reference.ts";

const PAGE = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "rpc.md");

test("the reference page says what a node says of itself", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual"]);
  t.after(() => node.stop());
  const page = rpcReference(await rpc<OpenRpc>(node.url, "rpc.discover", []));
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PAGE, page);
  assert.equal(readFileSync(PAGE, "utf8"), page, "see its head for how to make it anew");
});
