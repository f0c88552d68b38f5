import {err, ok} from "#base";
import {callFailureText} from "../../access/call-failure-text.ts";
import {bytes, hash, method, param, text} from "../../declare/index.ts";
import {SERVER_BUSY} from "../../json-rpc/rpc-error.ts";
import {toHex} from "../../shapes/hex.ts";

export const archiveCall = method({
  name: "archive_v1_call",
  params: [param("hash", hash), param("function", text), param("callParameters", bytes)],
  result: "{success: true, value: Bytes} | {success: false, error} | null for a block not known",
  async handle({chain, runtimeCalls}, block, name, args) {
    const ran = await runtimeCalls.run(() => chain.call(block, name, args));
    if (!ran.ok) return err(SERVER_BUSY);
    const called = ran.value;
    if (called.ok) return ok({success: true, value: toHex(called.value)});
    if (chain.header(block) === undefined) return ok(null);
    return ok({success: false, error: callFailureText(chain, block, called.error)});
  },
});
