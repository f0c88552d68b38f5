import type {PeerId} from "../transport/peer-id.ts";

/** How many peers of each kind. Substrate's flags `--out-peers`, `--in-peers` and `--in-peers-light`. */
export interface SlotLimits {
  readonly out: number;
  readonly in: number;
  readonly inLight: number;
}

export const SLOT_LIMITS: SlotLimits = {out: 8, in: 32, inLight: 100};

export type SlotKind = keyof SlotLimits | "reserved";

/** Who has a slot. A peer has one at most; reserved peers always get one of their own. */
export class Slots {
  readonly #limits: SlotLimits;
  readonly #held = new Map<PeerId, SlotKind>();

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  kindOf(peer: PeerId): SlotKind | undefined {
    return this.#held.get(peer);
  }

  free(kind: keyof SlotLimits): number {
    let held = 0;
    for (const other of this.#held.values()) if (other === kind) held++;
    return this.#limits[kind] - held;
  }

  /** False when there is none; true as well when the peer has one already. */
  take(peer: PeerId, kind: SlotKind): boolean {
    if (this.#held.has(peer)) return true;
    if (kind !== "reserved" && this.free(kind) <= 0) return false;
    this.#held.set(peer, kind);
    return true;
  }

  release(peer: PeerId): void {
    this.#held.delete(peer);
  }
}
