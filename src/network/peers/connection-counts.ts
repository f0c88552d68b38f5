import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo, Direction} from "../transport/transport.ts";

type Counts = Readonly<Record<Direction, number>>;

/** How often peers came and went since the start, by who had dialled. */
export class ConnectionCounts {
  readonly #opened = {in: 0, out: 0};
  readonly #closed = {in: 0, out: 0};
  readonly #open = new Map<PeerId, Direction>();

  get opened(): Counts {
    return this.#opened;
  }

  get closed(): Counts {
    return this.#closed;
  }

  connected({peer, direction}: Pick<ConnectionInfo, "peer" | "direction">): void {
    this.#open.set(peer, direction);
    this.#opened[direction]++;
  }

  disconnected(peer: PeerId): void {
    const direction = this.#open.get(peer);
    if (direction === undefined) return;
    this.#open.delete(peer);
    this.#closed[direction]++;
  }
}
