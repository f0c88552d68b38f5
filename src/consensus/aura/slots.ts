import {type Millis, millis, type Slot, slot} from "#base";

/** The slot that a moment lies in (spec/network §2.1). */
export function slotAt(time: Millis, slotDuration: number): Slot {
  return slot(Math.floor(time / slotDuration));
}

/** When a slot begins. */
export function slotStart(at: Slot, slotDuration: number): Millis {
  return millis(at * slotDuration);
}

/** A slot, and how long slots were there, in milliseconds: an upgrade of the runtime may change that. */
export interface MeasuredSlot {
  readonly slot: Slot;
  readonly duration: number;
}

/**
 * The first slot of a length that begins when one of the same or another length is over. Where slots became shorter, the one
 * before goes on for several of them, and two blocks in it would have their times too close to each other.
 */
export function firstSlotAfter(
  {slot: before, duration: own}: MeasuredSlot,
  duration: number,
): Slot {
  return slot(own === duration ? before + 1 : Math.ceil(((before + 1) * own) / duration));
}

/** Whose turn a slot is: an index into the authorities; undefined when there are none. */
export function authorIndex(at: Slot, authorities: number): number | undefined {
  return authorities === 0 ? undefined : at % authorities;
}

/**
 * The smallest slot from `from` on that belongs to one of the authorities for which `isOurs` is true; undefined
 * when none is. Which slots are ours repeats every round of all authorities, so one round is enough to look at.
 */
export function nextOwnSlot(
  from: Slot,
  authorities: readonly Uint8Array[],
  isOurs: (authority: Uint8Array) => boolean,
): {slot: Slot; authority: Uint8Array} | undefined {
  for (let step = 0; step < authorities.length; step++) {
    const candidate = slot(from + step);
    const authority = authorities[candidate % authorities.length]!;
    if (isOurs(authority)) return {slot: candidate, authority};
  }
  return undefined;
}
