import {concatBytes, type Hex, hex} from "#base";
import type {CollatorChain} from "#runtime";
import {memoryState, Overlay} from "#state";
import type {RecordedBlock} from "./vector.ts";

const COMPACT_ONE = Uint8Array.of(4);

function listOfOne(record: Hex): Uint8Array {
  return concatBytes(COMPACT_ONE, hex(record));
}

/** The pallet of the only event in the list: its index follows the phase, which has a number in extrinsics only. */
function palletOf(list: Uint8Array): number {
  return list[1] === 0 ? list[6]! : list[2]!;
}

/** A value of `System.Events`, decoded. */
export function readEvents({system}: CollatorChain, list: Uint8Array) {
  const {events} = system.storage;
  return events.get(new Overlay(memoryState([[events.key, list]], data => data.slice(0, 32))));
}

/** The events of a block as we must have them: those of our pallets, in the phases that are ours. */
export function recordedEvents(
  chain: CollatorChain,
  block: RecordedBlock,
  phaseOf: (recorded: number) => number | undefined,
) {
  const indices = new Set(chain.composition.pallets.map(({index}) => index));
  const lists =
    block.events === undefined
      ? [hex(block.eventsRaw)]
      : block.events.map(listOfOne).filter(list => indices.has(palletOf(list)));
  return lists
    .flatMap(list => readEvents(chain, list))
    .flatMap(record => {
      const {phase} = record;
      if (phase.type !== "ApplyExtrinsic") return [record];
      const index = phaseOf(phase.value);
      return index === undefined ? [] : [{...record, phase: {...phase, value: index}}];
    });
}
