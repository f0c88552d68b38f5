import {seededRandom} from "#base";

/** Something that befalls the network when a slot begins. */
export interface Incident {
  readonly slot: number;
  readonly what: Happening;
}

export type Happening =
  | {readonly kind: "delay"; readonly min: number; readonly max: number}
  | {readonly kind: "loss"; readonly share: number}
  | {
      readonly kind: "partition";
      readonly groups: readonly (readonly string[])[];
      readonly how: "drop" | "black-hole";
    }
  | {readonly kind: "heal"}
  | {
      readonly kind: "cut-off" | "reconnect" | "silence" | "speak" | "restart";
      readonly node: string;
    }
  | {readonly kind: "crash"; readonly node: string; readonly how: "loud" | "silent"}
  | {readonly kind: "skew"; readonly node: string; readonly offset: number; readonly drift: number}
  | {readonly kind: "join" | "leave"; readonly node: string}
  | {readonly kind: "transfer"; readonly from: string; readonly to: string; readonly value: number};

/** A network and what befalls it, all of it from one number. */
export interface Scenario {
  readonly seed: number;
  readonly invulnerables: readonly string[];
  readonly candidates: readonly string[];
  readonly observers: readonly string[];
  readonly parameters: Readonly<Record<string, number | string>>;
  /** In the order of their slots. */
  readonly incidents: readonly Incident[];
}

/** Slots in which things go wrong; after them all is mended. */
export const TROUBLE = 56;
const SLOT = 500;

export function scenarioOf(seed: number): Scenario {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const between = (least: number, most: number) => least + below(most - least + 1);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!;

  // Most are small, since a run costs by the square of its nodes; some have twenty.
  const size = random() < 0.1 ? between(11, 20) : between(4, 9);
  const voters = Math.min(size, between(3, 6));
  const names = Array.from({length: size}, (_, i) => `collator-${i + 1}`);
  const others = names.slice(voters);
  const split = below(others.length + 1);
  const session = between(6, 16);
  const incidents: Incident[] = [];
  const add = (slot: number, what: Happening) => incidents.push({slot, what});

  /** Something that begins and, later, ends. */
  const spell = (begin: Happening, end: Happening, longest: number) => {
    const slot = between(2, TROUBLE - 4);
    add(slot, begin);
    add(Math.min(TROUBLE, slot + between(2, longest)), end);
  };
  const groups = () => {
    const parts: string[][] = Array.from({length: between(2, 3)}, () => []);
    for (const name of names) oneOf(parts).push(name);
    return parts.filter(part => part.length > 0);
  };
  const usual: Happening = {kind: "delay", min: 1, max: 20};
  const kinds: (() => void)[] = [
    () => spell({kind: "delay", min: 1, max: between(50, 1_200)}, usual, 20),
    () => spell({kind: "loss", share: random() * 0.4}, {kind: "loss", share: 0}, 30),
    () =>
      spell(
        {kind: "partition", groups: groups(), how: oneOf(["drop", "black-hole"] as const)},
        {kind: "heal"},
        25,
      ),
    () => {
      const node = oneOf(names);
      spell({kind: "cut-off", node}, {kind: "reconnect", node}, 25);
    },
    () => {
      const node = oneOf(names);
      const how = oneOf(["loud", "silent"] as const);
      spell({kind: "crash", node, how}, {kind: "restart", node}, 25);
    },
    () => {
      const node = oneOf(others.length > 0 ? others : names);
      spell({kind: "silence", node}, {kind: "speak", node}, 40);
    },
    () => {
      const node = oneOf(names);
      // Most are off by what the chain tolerates, some by far more.
      const most = oneOf([700, 700, 20_000]);
      const offset = between(-most, most);
      const drift = between(-200, 200);
      spell({kind: "skew", node, offset, drift}, {kind: "skew", node, offset: 0, drift: 0}, 30);
    },
    () => {
      if (others.length > 0) add(between(1, TROUBLE), {kind: "join", node: oneOf(others)});
    },
    () => {
      if (others.length > 0) add(between(1, TROUBLE), {kind: "leave", node: oneOf(others)});
    },
    () =>
      add(between(1, TROUBLE), {
        kind: "transfer",
        from: oneOf(names),
        to: oneOf(names),
        value: between(1, 1_000),
      }),
  ];
  for (let left = between(4, 14); left > 0; left--) oneOf(kinds)();
  incidents.sort((a, b) => a.slot - b.slot);
  return {
    seed,
    invulnerables: names.slice(0, voters),
    candidates: others.slice(0, split),
    observers: others.slice(split),
    parameters: {
      slot: `${SLOT}ms`,
      session,
      kick: session * between(1, 2),
      min: between(1, 3),
      desired: size,
    },
    incidents,
  };
}

export function describe({what}: Incident): string {
  return JSON.stringify(what);
}
