import {type Slot, slot} from "#base";
import {decode, encode, u64} from "#codec";
import {AURA_ENGINE, type DigestItem, isEngine} from "#primitives";

/** The digest item by which an author says for which slot it builds. */
export function preDigest(at: Slot): DigestItem {
  return {type: "PreRuntime", value: [AURA_ENGINE, encode(u64, BigInt(at))]};
}

/** The author's signature as the last digest item. */
export function sealDigest(signature: Uint8Array): DigestItem {
  return {type: "Seal", value: [AURA_ENGINE, signature]};
}

/** The slot a digest names; undefined unless there is exactly one well-formed item of Aura's. */
export function slotOf(digest: readonly DigestItem[]): Slot | undefined {
  const items = digest.filter(
    item => item.type === "PreRuntime" && isEngine(item.value[0], AURA_ENGINE),
  );
  const [only] = items;
  if (items.length !== 1 || only?.type !== "PreRuntime") return undefined;
  const decoded = decode(u64, only.value[1]);
  if (!decoded.ok || decoded.value > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return slot(Number(decoded.value));
}
