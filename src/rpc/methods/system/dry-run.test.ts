import assert from "node:assert/strict";
import {test} from "node:test";
import {hex, ok} from "#base";
import type {RpcContext} from "../../context/rpc-context.ts";
import {hexJson} from "../../shapes/hex.ts";
import {systemDryRun} from "./dry-run.ts";

const context = {chain: {best: () => ({hash: new Uint8Array(32)})}} as unknown as RpcContext;
const dryRun = (answer: string) =>
  systemDryRun({apply: () => ok(hex(answer))}).invoke(context, [hex("0x0400"), undefined]);

test("what came of a dry run is handed on as it came, as a runtime of 2021 has it as well", async () => {
  // DispatchError::Module {index: 20, error: 2}: since 2022 an error has four bytes.
  for (const answer of ["0x0000", "0x0001031402", "0x0001031402000000", "0x010001"]) {
    assert.deepEqual(await dryRun(answer), ok(hexJson(hex(answer))));
  }
  const nonsense = await dryRun("0x02");
  assert.match(
    JSON.stringify(nonsense),
    /BlockBuilder_apply_extrinsic answered what does not decode/,
  );
});
