import {err, ok} from "#base";
import {callState} from "../../access/state-access.ts";
import {bytes, hash, method, optional, param, text} from "../../declare/index.ts";
import {SERVER_BUSY} from "../../json-rpc/rpc-error.ts";
import {hexJson} from "../../shapes/hex.ts";

/** The runtime's door (spec/rpc §4), on the state after a block. */
export const stateCall = method({
  name: "state_call",
  aliases: ["state_callAt"],
  params: [param("name", text), param("data", bytes), optional("at", hash)],
  result: "Bytes: SCALE of the function's result",
  async handle({chain, runtimeCalls}, name, data, at) {
    const work = () => callState(chain, at ?? chain.best().hash, name, data);
    const called = await runtimeCalls.run(work);
    if (!called.ok) return err(SERVER_BUSY);
    return called.value.ok ? ok(hexJson(called.value.value)) : called.value;
  },
});
