import {type BinaryString, bytesToBinary, concatBytes, hex} from "#base";
import {bytes, encode, fixedBytes, struct, u32, u64, vec} from "#codec";
import type {Hashing} from "#crypto";
import {type Header, header as headerCodec, itemKey} from "#primitives";
import {memoryState} from "#state";

/** `cumulus_primitives_parachain_inherent::INHERENT_IDENTIFIER`. */
export const PARACHAIN_INHERENT: BinaryString = "sysi1337";

/** Entries of the relay chain's state by which a parachain is told of it (spec/wasm-engine §11). */
const ACTIVE_CONFIG = bytesToBinary(
  hex("0x06de3d8a54d27e44a9d5ce189618f22db4b49d95320d9021994c850f25b8e385"),
);
const CURRENT_SLOT = bytesToBinary(
  hex("0x1cb6f36e027abb2091cfb5110ab5087f06155b3cd9a8c9e5e9a23fd5dc13a5ed"),
);
/** `AbridgedHostConfiguration`: eleven numbers of 32 bits, the last two for blocks made ahead. */
const CONFIG = [3145728, 20480, 174762, 1048576, 65531, 16, 10, 14400, 600, 3, 2];
/** Of a relay chain's slot: milliseconds. */
export const RELAY_SLOT = 6_000;
const MAX_POV_SIZE = 5 * 1024 * 1024;

const inherent = struct({
  parent: bytes,
  relayNumber: u32,
  relayRoot: fixedBytes(32),
  maxPovSize: u32,
  proof: vec(bytes),
});
/** No messages of two kinds; the newest runtimes read two fields more, also empty, and older ones leave them. */
const NO_MESSAGES = Uint8Array.of(0, 0, 0, 0);

export interface RelayFacts {
  readonly paraId: number;
  readonly parent: Header;
  /** Of the block's slot. */
  readonly millis: number;
  /** Whether the relay chain lets the parachain's new code begin. */
  readonly goAhead?: boolean;
}

/** `UpgradeGoAhead::GoAhead`. */
const GO_AHEAD = Uint8Array.of(1);

/** Data of the inherent `setValidationData` from a relay chain that does not exist: all that runtimes check holds of it. */
export function relayInherent(
  hashing: Hashing,
  {paraId, parent, millis, goAhead = false}: RelayFacts,
): Uint8Array {
  const parentBytes = encode(headerCodec, parent);
  const id = encode(u32, paraId);
  const ofPara = (item: string) =>
    itemKey(hashing, "Paras", item) + bytesToBinary(concatBytes(hashing.twox64(id), id));
  const relaySlot = Math.floor(millis / RELAY_SLOT);
  const entries: [BinaryString, Uint8Array][] = [
    [ACTIVE_CONFIG, concatBytes(...CONFIG.map(number => encode(u32, number)))],
    [CURRENT_SLOT, encode(u64, BigInt(relaySlot))],
    [ofPara("Heads"), encode(bytes, parentBytes)],
  ];
  if (goAhead) entries.push([ofPara("UpgradeGoAheadSignal"), GO_AHEAD]);
  const relay = memoryState(entries, data => hashing.blake2b256(data));
  return concatBytes(
    encode(inherent, {
      parent: parentBytes,
      relayNumber: parent.number + 1,
      relayRoot: relay.root(),
      maxPovSize: MAX_POV_SIZE,
      proof: relay.prove(entries.map(([key]) => key)),
    }),
    NO_MESSAGES,
  );
}
