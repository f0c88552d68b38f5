import {countBy, highestBy} from "#base";

/** What a connection does. */
export interface Activity {
  /** It waits for an answer, or listens to what it subscribed to. */
  readonly isActive: boolean;
  /** When it last asked for something, or came; in milliseconds. */
  readonly since: number;
}

/** Who takes a place. */
export interface Tenant {
  /** Those of one share count together. */
  readonly address: string;
  activity(): Activity;
  /** Its place is somebody else's. */
  giveWay(): void;
}

/** How long a connection may have done nothing before another takes its place, in milliseconds. */
const FRESH = 5_000;

/** Of all places, what one address keeps for certain while others want some: a quarter. */
const SHARE = 4;

/**
 * The places for connections. While there are enough, nobody asks who has them. When there are not, who does nothing
 * makes way: of the address with the most, the one that has done nothing for the longest time. An address that has more
 * than its share makes way to others with its active ones as well. All of a machine's programs have one address, and
 * are held to nothing but that they do something.
 */
export class Places {
  readonly #count: number;
  readonly #taken = new Set<Tenant>();

  constructor(count: number) {
    this.#count = count;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** False when there is no place. */
  take(tenant: Tenant, now: number): boolean {
    if (this.#taken.size >= this.#count && !this.#makeRoom(tenant, now)) return false;
    this.#taken.add(tenant);
    return true;
  }

  leave(tenant: Tenant): void {
    this.#taken.delete(tenant);
  }

  #makeRoom({address}: Tenant, now: number): boolean {
    const byAddress = countBy(this.#taken, each => each.address);
    const heldBy = (each: string) => byAddress.get(each) ?? 0;
    const share = Math.max(1, Math.floor(this.#count / SHARE));
    const isIdle = ({isActive, since}: Activity) => !isActive && now - since >= FRESH;
    const candidates = [...this.#taken].filter(tenant => {
      const held = heldBy(tenant.address);
      return isIdle(tenant.activity()) || (held > share && held > heldBy(address) + 1);
    });
    // Idle before active, then of who has the most, then the longest without asking for anything.
    const chosen = highestBy(candidates, tenant => {
      const activity = tenant.activity();
      return [isIdle(activity) ? 1 : 0, heldBy(tenant.address), now - activity.since];
    });
    if (chosen === undefined) return false;
    this.#taken.delete(chosen);
    chosen.giveWay();
    return true;
  }
}
