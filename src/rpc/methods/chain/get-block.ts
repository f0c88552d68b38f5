import {ok} from "#base";
import {hash, method, optional} from "../../declare/index.ts";
import {RawJson} from "../../json-rpc/raw-json.ts";
import type {Justification} from "../../questions/chain.ts";
import {toHex} from "../../shapes/hex.ts";

export const chainGetBlock = method({
  name: "chain_getBlock",
  params: [optional("hash", hash)],
  result: "{block: {header, extrinsics: [Bytes]}, justifications: null | [[engine, bytes]]} | null",
  handle({chain, blockJson}, at) {
    const block = at ?? chain.best().hash;
    const header = blockJson.header(block);
    const body = header && chain.body(block);
    if (header === undefined || body === undefined) return ok(null);
    const extrinsics = JSON.stringify(body.map(toHex));
    const justifications = JSON.stringify(justificationsJson(chain.justifications(block)));
    return ok(
      new RawJson(
        `{"block":{"header":${header.text},"extrinsics":${extrinsics}},"justifications":${justifications}}`,
      ),
    );
  },
});

/** Bytes as lists of numbers, which is how Substrate writes these. */
function justificationsJson(justifications: readonly Justification[] | undefined) {
  if (justifications === undefined || justifications.length === 0) return null;
  return justifications.map(({engine, bytes}) => [[...engine], [...bytes]]);
}
