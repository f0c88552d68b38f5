import {type Clock, err, type Millis, millis, ok, type Result} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {type DialFailure, dialFailure} from "../transport/failures.ts";
import {DIAL_TIMEOUT} from "../transport/limits.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {Transport} from "../transport/transport.ts";
import type {Frame} from "./frames.ts";
import {cutLink, joins, type Link} from "./link.ts";
import {type MemoryNetwork, MemoryTransport} from "./memory-transport.ts";
import {type Between, type DelayRange, type PartitionMode, Weather} from "./weather.ts";
import {Wire} from "./wire.ts";

/** A dead connection is noticed by its keep-alive after this time: what the libp2p transport's pings come to. */
const KEEP_ALIVE = millis(60_000);

export interface MemoryHubOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). Seeded, it makes a run replayable. */
  readonly random: () => number;
  readonly delay?: DelayRange;
  readonly keepAlive?: Millis;
}

/** A network in memory, and the hands that disturb it. */
export interface MemoryHub {
  /** A transport named so, not started yet. One of the same name that crashed or stopped is replaced. */
  transport(peer: PeerId): Transport;
  setDelay(range: DelayRange, between?: Between): void;
  /**
   * The share of notifications that vanish whole, 0 to 1. On an ordered reliable stream this cannot happen; it
   * stands for peers that forget to send or drop in their own queues. For the failures of real links see `reset`
   * and `partition`.
   */
  setLoss(probability: number, between?: Between): void;
  /** Only peers of the same group reach each other; those not named form one more group. Replaces an earlier partition. */
  partition(groups: readonly (readonly PeerId[])[], mode: PartitionMode): void;
  heal(): void;
  /** Breaks the connections between two peers. */
  reset(a: PeerId, b: PeerId): void;
  /** Breaks all connections of a peer. */
  disconnect(peer: PeerId): void;
  /**
   * A peer's process ends without a goodbye; its own handlers hear nothing more. `loud`: its machine closes the
   * sockets, so others notice at once. `silent`: its power is cut, so others notice by their keep-alive.
   */
  kill(peer: PeerId, how?: "loud" | "silent"): void;
}

export function createMemoryHub(options: MemoryHubOptions): MemoryHub {
  return new Hub(options);
}

class Hub implements MemoryHub, MemoryNetwork {
  readonly clock: Clock;
  readonly #random: () => number;
  readonly #keepAlive: Millis;
  readonly #weather: Weather;
  readonly #transports = new Map<PeerId, MemoryTransport>();
  readonly #links = new Set<Link>();

  constructor({clock, random, delay = {min: 0, max: 0}, keepAlive = KEEP_ALIVE}: MemoryHubOptions) {
    this.clock = clock;
    this.#random = random;
    this.#keepAlive = keepAlive;
    this.#weather = new Weather(delay);
  }

  transport(peer: PeerId): Transport {
    const transport = new MemoryTransport(peer, this);
    this.#transports.set(peer, transport);
    return transport;
  }

  #drawDelay(a: PeerId, b: PeerId): number {
    const {min, max} = this.#weather.delayBetween(a, b);
    return max > min ? min + Math.floor(this.#random() * (max - min + 1)) : min;
  }

  #drawLoss(a: PeerId, b: PeerId): boolean {
    const probability = this.#weather.lossBetween(a, b);
    return probability > 0 && this.#random() < probability;
  }

  async connect(
    from: MemoryTransport,
    to: PeerId,
    signal: AbortSignal | undefined,
  ): Promise<Result<PeerId, DialFailure>> {
    const deadline = new Deadline(this.clock, DIAL_TIMEOUT, signal);
    try {
      return await this.#connect(from, to, deadline);
    } finally {
      deadline.cancel();
    }
  }

  async #connect(
    from: MemoryTransport,
    to: PeerId,
    deadline: Deadline,
  ): Promise<Result<PeerId, DialFailure>> {
    const gaveUp = () => err(dialFailure(deadline.outcome ?? "aborted", `${to} did not answer`));
    const delay = this.#drawDelay(from.peerId, to);
    try {
      await this.clock.until(millis(this.clock.now() + delay), deadline.signal);
    } catch {
      return gaveUp();
    }
    const listener = this.#transports.get(to);
    if (this.#weather.isDivided(from.peerId, to)) {
      if (this.#weather.mode === "black-hole") await ended(deadline.signal);
      return this.#weather.mode === "black-hole"
        ? gaveUp()
        : err(dialFailure("unreachable", `${to} is cut off`));
    }
    if (listener?.isListening !== true) return err(dialFailure("unreachable", `no ${to} here`));
    if (!listener.takes(from.peerId)) return err(dialFailure("refused", `${to} does not admit us`));
    return new Promise(resolve => {
      const link = this.#link(from, listener, () => {
        resolve(
          link.ends.dialer === undefined
            ? err(dialFailure("stopped", "stopped while dialling"))
            : ok(to),
        );
      });
      deadline.signal.addEventListener("abort", () => {
        if (link.ends.dialer === undefined) this.#drop(link);
        resolve(gaveUp());
      });
    });
  }

  /** Sets a connection up at the listener; it stands at the dialer when the listener's first frame is there. */
  #link(from: MemoryTransport, to: MemoryTransport, standing: () => void): Link {
    const ends: Link["ends"] = {};
    const outward = this.#wire(from.peerId, to.peerId, frame => {
      ends.listener?.receive(frame);
      if (frame.kind === "disconnect") this.#links.delete(link);
    });
    const homeward = this.#wire(to.peerId, from.peerId, frame => {
      if (frame.kind === "connected") {
        ends.dialer = from.attach(to.peerId, "out", outward);
        if (ends.dialer === undefined) this.#drop(link);
        standing();
      } else {
        ends.dialer?.receive(frame);
      }
      if (frame.kind === "disconnect") this.#links.delete(link);
    });
    const wires = [outward, homeward] as const;
    const link: Link = {
      dialer: from.peerId,
      listener: to.peerId,
      wires,
      ends,
      blackHole: undefined,
    };
    this.#links.add(link);
    homeward.send({kind: "connected"});
    ends.listener = to.attach(from.peerId, "in", homeward);
    return link;
  }

  #wire(from: PeerId, to: PeerId, deliver: (frame: Frame) => void): Wire {
    return new Wire({
      clock: this.clock,
      delay: () => this.#drawDelay(from, to),
      loses: () => this.#drawLoss(from, to),
      deliver,
    });
  }

  #drop(link: Link): void {
    this.#links.delete(link);
    cutLink(link);
  }

  #blackHole(link: Link): void {
    if (link.blackHole !== undefined) return;
    const blackHole = new AbortController();
    link.blackHole = blackHole;
    for (const wire of link.wires) wire.hold();
    this.clock.until(millis(this.clock.now() + this.#keepAlive), blackHole.signal).then(
      () => this.#drop(link),
      () => {},
    );
  }

  setDelay(range: DelayRange, between?: Between): void {
    this.#weather.setDelay(range, between);
  }

  setLoss(probability: number, between?: Between): void {
    this.#weather.setLoss(probability, between);
  }

  partition(groups: readonly (readonly PeerId[])[], mode: PartitionMode): void {
    this.heal();
    this.#weather.divide(groups, mode);
    for (const link of [...this.#links]) {
      if (!this.#weather.isDivided(link.dialer, link.listener)) continue;
      if (mode === "cut") this.#drop(link);
      else this.#blackHole(link);
    }
  }

  heal(): void {
    this.#weather.heal();
    for (const link of this.#links) {
      if (link.blackHole === undefined || this.#isOneSided(link)) continue;
      link.blackHole.abort();
      link.blackHole = undefined;
      for (const wire of link.wires) wire.release();
    }
  }

  /** One end died in silence: no healing brings it back. */
  #isOneSided({ends}: Link): boolean {
    return ends.listener?.isOpen === false || ends.dialer?.isOpen === false;
  }

  reset(a: PeerId, b: PeerId): void {
    for (const link of [...this.#links]) if (joins(link, a, b)) this.#drop(link);
  }

  disconnect(peer: PeerId): void {
    for (const link of this.#linksOf(peer)) this.#drop(link);
  }

  kill(peer: PeerId, how: "loud" | "silent" = "loud"): void {
    const links = this.#linksOf(peer);
    this.#transports.get(peer)?.crash();
    for (const link of links) {
      if (how === "loud") this.#drop(link);
      else this.#blackHole(link);
    }
  }

  #linksOf(peer: PeerId): readonly Link[] {
    return [...this.#links].filter(link => link.dialer === peer || link.listener === peer);
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => signal.addEventListener("abort", () => resolve(), {once: true}));
}
