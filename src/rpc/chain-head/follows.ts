import type {Follow} from "./follow.ts";

/** As many as Substrate grants one connection; the specification asks for two (spec/rpc §2). */
const MAX_FOLLOWS = 4;

/** The `chainHead_v1_follow` subscriptions of one connection, by id. */
export class Follows {
  readonly #byId = new Map<string, Follow>();

  get isFull(): boolean {
    return this.#byId.size >= MAX_FOLLOWS;
  }

  get(id: string): Follow | undefined {
    return this.#byId.get(id);
  }

  add(id: string, follow: Follow): void {
    this.#byId.set(id, follow);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }
}
