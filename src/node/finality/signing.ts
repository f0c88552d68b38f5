import {bytesToHex, type Logger} from "#base";
import {describeGuardRefusal, type Keystore, type SigningGuard} from "#keystore";

/** Where a vote's kind, round and set stand in what is signed (spec/network §2.4). */
const AT = {kind: 0, round: 37, setId: 45};
/** The order in which the kinds are cast in a round: proposal (2), prevote (0), precommit (1). */
const ORDER = [1, 2, 0];

/** Signs votes, each step of each round once, whatever becomes of this process. */
export function createVoteSigner(deps: {
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly logger: Logger;
}): (key: Uint8Array, payload: Uint8Array) => Uint8Array | undefined {
  const {keystore, guard, logger} = deps;
  return (key, payload) => {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    const place = [
      Number(view.getBigUint64(AT.setId, true)),
      Number(view.getBigUint64(AT.round, true)),
      ORDER[payload[AT.kind]!]!,
    ];
    const taken = guard.take("gran", key, place, payload);
    if (!taken.ok) {
      const reason = describeGuardRefusal(taken.error);
      logger.log("warn", "grandpa", "vote not cast", {voter: bytesToHex(key), reason});
      return undefined;
    }
    const signature = keystore.sign("gran", key, payload);
    if (signature.ok) return signature.value;
    const facts = {voter: bytesToHex(key), reason: signature.error.code};
    logger.log("error", "grandpa", "vote not cast: it could not be signed", facts);
    return undefined;
  };
}
