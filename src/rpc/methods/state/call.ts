import {ok} from "#base";
import {callState} from "../../access/state-access.ts";
import {bytes, hash, method, optional, param, text} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

/** The runtime's door (spec/rpc §4), on the state after a block. */
export const stateCall = method({
  name: "state_call",
  aliases: ["state_callAt"],
  params: [param("name", text), param("data", bytes), optional("at", hash)],
  result: "Bytes: SCALE of the function's result",
  handle({chain}, name, data, at) {
    const called = callState(chain, at ?? chain.best().hash, name, data);
    return called.ok ? ok(hexJson(called.value)) : called;
  },
});
