import type {Broadcast} from "./broadcast.ts";

/** As many as Substrate grants one connection; the specification asks for four (spec/rpc §2). */
const MAX_BROADCASTS = 16;

/** The transactions that one connection has broadcast, by id. */
export class Broadcasts {
  readonly #byId = new Map<string, Broadcast>();
  #nextId = 0;

  /** At the limit those that are over make room; they are kept until then, since clients stop them all the same. */
  get isFull(): boolean {
    if (this.#byId.size < MAX_BROADCASTS) return false;
    for (const [id, broadcast] of this.#byId) if (broadcast.isOver) this.#byId.delete(id);
    return this.#byId.size >= MAX_BROADCASTS;
  }

  add(broadcast: Broadcast): string {
    const id = String(this.#nextId++);
    this.#byId.set(id, broadcast);
    return id;
  }

  /** False when there is none with this id. */
  stop(id: string): boolean {
    const broadcast = this.#byId.get(id);
    if (broadcast === undefined) return false;
    this.#byId.delete(id);
    broadcast.stop();
    return true;
  }

  stopAll(): void {
    for (const id of [...this.#byId.keys()]) this.stop(id);
  }
}
