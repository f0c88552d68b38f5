import {err, ok} from "#base";
import {bytes, decode} from "#codec";
import {callState, stateClientError} from "../../access/state-access.ts";
import {hash, method, optional} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

/** Version 14, whatever others the runtime has: old clients read nothing newer (spec/rpc §5). */
export const stateGetMetadata = method({
  name: "state_getMetadata",
  params: [optional("at", hash)],
  result: "Bytes that begin with `meta`",
  handle({chain}, at) {
    const called = callState(chain, at ?? chain.best().hash, "Metadata_metadata");
    if (!called.ok) return called;
    const metadata = decode(bytes, called.value);
    return metadata.ok
      ? ok(hexJson(metadata.value))
      : err(stateClientError("Metadata_metadata answered what does not decode"));
  },
});
