import {bytesToHex} from "#base";
import type {OffchainBackend} from "#rpc";
import type {ChainStore} from "#store";

/** What offchain code keeps, beside the chain in its database. */
export function createOffchainBackend(
  store: Pick<ChainStore, "value" | "setValue">,
): OffchainBackend {
  const nameOf = (key: Uint8Array) => `offchain:${bytesToHex(key)}`;
  return {
    get: key => store.value(nameOf(key)),
    set: (key, value) => store.setValue(nameOf(key), value),
  };
}
