import {err} from "#base";
import {callFailureText} from "../../access/call-failure-text.ts";
import {FOLLOW_WITHOUT_RUNTIME} from "../../chain-head/index.ts";
import {bytes, hash, method, param, text} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {beginOperation} from "./operation-reply.ts";

/** A function that the runtime does not have is an error event, never an empty answer (spec/rpc §4). */
export const chainHeadCall = method({
  name: "chainHead_v1_call",
  params: [
    param("followSubscription", text),
    param("hash", hash),
    param("function", text),
    param("callParameters", bytes),
  ],
  result: "{result: started, operationId} | {result: limitReached}",
  handle(context, follow, block, name, args) {
    const {chain, runtimeCalls, onBug} = context;
    return beginOperation(context, {
      follow,
      hash: block,
      wanted: 1,
      refuse: ({withRuntime}) => (withRuntime ? undefined : err(FOLLOW_WITHOUT_RUNTIME)),
      run({id: operationId, finish}) {
        const tell = (called: ReturnType<typeof chain.call>) => {
          if (called.ok) {
            finish({event: "operationCallDone", operationId, output: toHex(called.value)});
          } else if (called.error.code === "state-unavailable") {
            finish({event: "operationInaccessible", operationId});
          } else {
            const error = callFailureText(chain, block, called.error);
            finish({event: "operationError", operationId, error});
          }
        };
        runtimeCalls
          .run(() => chain.call(block, name, args))
          .then(ran => {
            if (ran.ok) tell(ran.value);
            else finish({event: "operationInaccessible", operationId});
          })
          .catch(onBug);
      },
    });
  },
});
