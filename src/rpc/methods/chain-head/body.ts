import {hash, method, param, text} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {beginOperation} from "./operation-reply.ts";

export const chainHeadBody = method({
  name: "chainHead_v1_body",
  params: [param("followSubscription", text), param("hash", hash)],
  result: "{result: started, operationId} | {result: limitReached}",
  handle(context, follow, block) {
    return beginOperation(context, {
      follow,
      hash: block,
      wanted: 1,
      run({id: operationId, finish}) {
        const body = context.chain.body(block);
        if (body === undefined) finish({event: "operationInaccessible", operationId});
        else finish({event: "operationBodyDone", operationId, value: body.map(toHex)});
      },
    });
  },
});
