import {bytesToHex} from "#base";
import type {OffchainQuestions} from "#rpc";
import type {ChainStore} from "#store";

/** What offchain code keeps, beside the chain in its database. */
export function createOffchainAnswers(
  store: Pick<ChainStore, "value" | "setValue">,
): OffchainQuestions {
  const nameOf = (key: Uint8Array) => `offchain:${bytesToHex(key)}`;
  return {
    get: key => store.value(nameOf(key)),
    set: (key, value) => store.setValue(nameOf(key), value),
  };
}
