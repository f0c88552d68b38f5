import type {MemoryHub} from "#network";
import {peerIdOf} from "./peer-id.ts";

const MODES = {drop: "cut", "black-hole": "black-hole"} as const;
export type Break = keyof typeof MODES;

/** Who can reach whom: a partition of the network, and single nodes that are cut off besides. */
export class Borders {
  readonly #hub: MemoryHub;
  readonly #cutOff = new Set<string>();
  #groups: readonly (readonly string[])[] = [];
  #how: Break = "drop";

  constructor(hub: MemoryHub) {
    this.#hub = hub;
  }

  partition(groups: readonly (readonly string[])[], how: Break): void {
    this.#groups = groups;
    this.#how = how;
    this.#draw();
  }

  cutOff(name: string, how: Break): void {
    this.#cutOff.add(name);
    this.#how = how;
    this.#draw();
  }

  reconnect(name: string): void {
    this.#cutOff.delete(name);
    this.#draw();
  }

  heal(): void {
    this.#cutOff.clear();
    this.#groups = [];
    this.#draw();
  }

  #draw(): void {
    const alone = [...this.#cutOff].map(name => [name]);
    const groups = this.#groups.map(group => group.filter(name => !this.#cutOff.has(name)));
    if (alone.length + groups.length === 0) this.#hub.heal();
    else {
      const peers = [...alone, ...groups].map(group => group.map(peerIdOf));
      this.#hub.partition(peers, MODES[this.#how]);
    }
  }
}
