import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {post} from "../support/raw-client.ts";

const UNSAFE = [["author_rotateKeys"], ["system_peers"], ["system_dryRun", "0x00"]] as const;

/** What the node answers to each, with these flags: the error's message, or nothing. */
async function answers(...flags: string[]): Promise<(string | undefined)[]> {
  const node = await startKhala(["dev", "--rpc-port=0", ...flags]);
  const replies = await Promise.all(
    UNSAFE.map(([method, ...params]) => post(node.url, {jsonrpc: "2.0", id: 1, method, params})),
  );
  await node.stop();
  return replies.map(({error}) => error?.message);
}

const REFUSED = "RPC call is unsafe to be called externally";
const DECODING = "Unable to dry run extrinsic.";

for (const [flags, expected] of [
  [["--rpc-methods=safe"], [REFUSED, REFUSED, REFUSED]],
  [["--rpc-external"], [REFUSED, REFUSED, REFUSED]],
  [
    ["--rpc-external", "--rpc-methods=unsafe"],
    [undefined, undefined, DECODING],
  ],
  [[], [undefined, undefined, DECODING]],
] as const) {
  const refused = expected[0] === REFUSED ? "are refused" : "work";
  test(`unsafe calls ${refused} with ${flags.join(" ") || "no flags"}`, async () => {
    assert.deepEqual(await answers(...flags), expected);
  });
}
