import {bytesToHex} from "#base";
import type {TypeInfo} from "#codec";
import {type ChainDescription, findCall, valueFromJson} from "#description";

/** What the call may weigh: far more than any call of governance, and little enough for a message to be served at once. */
const REF_TIME = 50_000_000_000;
const PROOF_SIZE = 1_048_576;

/**
 * A message by which a relay chain has a call carried out as root, in SCALE of the newest version of XCM that the runtime takes:
 * how system chains are governed. Undefined where the runtime describes no XCM.
 */
export function rootMessage(
  description: ChainDescription,
  call: Uint8Array,
): Uint8Array | undefined {
  const type = messageType(description);
  if (type === undefined) return undefined;
  const encoded = {encoded: bytesToHex(call)};
  const weight = {refTime: REF_TIME, proofSize: PROOF_SIZE};
  const unpaid = {UnpaidExecution: {weightLimit: "Unlimited", checkOrigin: null}};
  const named = (fields: object) => ({Transact: {...fields, call: encoded}});
  const limited = named({originKind: "Superuser", requireWeightAtMost: weight});
  const forms: readonly (readonly [string, readonly object[]])[] = [
    ["V5", [unpaid, named({originKind: "Superuser", fallbackMaxWeight: weight})]],
    ["V4", [unpaid, limited]],
    ["V3", [unpaid, limited]],
    ["V2", [named({originType: "Superuser", requireWeightAtMost: REF_TIME})]],
  ];
  for (const [version, instructions] of forms) {
    const message = valueFromJson(type, {[version]: instructions});
    if (message.ok) return message.value;
  }
  return undefined;
}

/** `VersionedXcm`, by a call that takes one. */
function messageType(description: ChainDescription): TypeInfo | undefined {
  const sends = findCall(description, "PolkadotXcm.send");
  return sends?.variant.fields.find(({name}) => name === "message")?.type;
}
