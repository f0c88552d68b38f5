import {ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {hash, method, optional, param, storageKey} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

export const stateGetStorage = method({
  name: "state_getStorage",
  aliases: ["state_getStorageAt"],
  params: [param("key", storageKey), optional("at", hash)],
  result: "Bytes | null",
  handle({chain}, key, at) {
    const view = stateAt(chain, at ?? chain.best().hash, [key]);
    if (!view.ok) return view;
    const value = view.value.get(key);
    return ok(value === undefined ? null : hexJson(value));
  },
});
