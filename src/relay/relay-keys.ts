import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import {encode, u32} from "#codec";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";

/**
 * Entries of the relay chain's state that parachains are told of, by the names of its pallets (`polkadot_primitives::well_known_keys`).
 */
export const relayKeys = (hashing: Hashing, paraId: number) => {
  const id = encode(u32, paraId);
  const ofPara = (pallet: string, item: string): BinaryString =>
    itemKey(hashing, pallet, item) + bytesToBinary(concatBytes(hashing.twox64(id), id));
  return {
    activeConfig: itemKey(hashing, "Configuration", "ActiveConfig"),
    currentSlot: itemKey(hashing, "Babe", "CurrentSlot"),
    epochIndex: itemKey(hashing, "Babe", "EpochIndex"),
    /** Of two epochs ago, of the last one, and of the current block. */
    randomness: ["Randomness", "NextRandomness", "AuthorVrfRandomness"].map(item =>
      itemKey(hashing, "Babe", item),
    ),
    head: ofPara("Paras", "Heads"),
    goAhead: ofPara("Paras", "UpgradeGoAheadSignal"),
    downwardHead: ofPara("Dmp", "DownwardMessageQueueHeads"),
    ingress: ofPara("Hrmp", "HrmpIngressChannelsIndex"),
    channelFrom: (sender: number): BinaryString => {
      // `HrmpChannelId {sender, recipient}` is the one key.
      const both = concatBytes(encode(u32, sender), id);
      return (
        itemKey(hashing, "Hrmp", "HrmpChannels") +
        bytesToBinary(concatBytes(hashing.twox64(both), both))
      );
    },
  };
};
