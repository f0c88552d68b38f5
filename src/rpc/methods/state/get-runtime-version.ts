import {hash, method, optional} from "../../declare/index.ts";

export const stateGetRuntimeVersion = method({
  name: "state_getRuntimeVersion",
  aliases: ["chain_getRuntimeVersion"],
  params: [optional("at", hash)],
  result: "RuntimeVersion, `apis` as a list of pairs",
  handle: ({chain, blockJson}, at) => blockJson.runtimeVersion(at ?? chain.best().hash),
});
