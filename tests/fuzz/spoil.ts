import type {Call} from "./rpc-corpus.ts";

/** Numbers in [0, 1) from a seed: the same messages every time for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
  "",
  "0x",
  "0x0",
  "0xzz",
  "__proto__",
  "latest",
  "\u0000",
  "😀",
  [],
  {},
  [[[]]],
  {key: "0x", type: "value"},
  `0x${"ff".repeat(32)}`,
  `0x${"ff".repeat(5_000)}`,
];

/** Spoils good messages: their text, their parameters, or the SCALE bytes inside. */
export class Spoiler {
  readonly #random: () => number;
  readonly #calls: readonly Call[];

  constructor(calls: readonly Call[], random: () => number) {
    this.#calls = calls;
    this.#random = random;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)]!;
  }

  /** A message, and whether it is still JSON of the right form, so that its id must come back. */
  message(id: number): {readonly text: string; readonly isRequest: boolean} {
    const call = this.#pick(this.#calls);
    const request = {jsonrpc: "2.0", id, method: call.method, params: call.params};
    const kind = this.#random();
    if (kind < 0.1) return {text: this.#spoiltText(JSON.stringify(request)), isRequest: false};
    const params =
      kind < 0.7 ? call.params.map(param => this.#spoiltBytes(param)) : this.#spoiltParams(call);
    return {text: JSON.stringify({...request, params}), isRequest: true};
  }

  #spoiltText(text: string): string {
    const at = this.#below(text.length);
    switch (this.#below(3)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text.slice(0, at) + text.slice(at + 1 + this.#below(5));
      default:
        return (
          text.slice(0, at) + this.#pick(['"', "}", "[", "0", "\\", ",", "\u0007"]) + text.slice(at)
        );
    }
  }

  #spoiltParams({params}: Call): unknown[] {
    const spoilt: unknown[] = [...params];
    switch (this.#below(3)) {
      case 0:
        spoilt[this.#below(spoilt.length + 1)] = this.#pick(STRANGE);
        break;
      case 1:
        spoilt.splice(this.#below(spoilt.length + 1), 1);
        break;
      default:
        spoilt.splice(this.#below(spoilt.length + 1), 0, this.#pick(STRANGE));
    }
    return spoilt;
  }

  /** Hex is changed in a few places, wherever it stands; the rest is left. */
  #spoiltBytes(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(each => this.#spoiltBytes(each));
    if (typeof value !== "string" || !value.startsWith("0x") || this.#random() < 0.3) return value;
    const bytes = [...Buffer.from(value.slice(2), "hex")];
    for (let changes = 1 + this.#below(3); changes > 0; changes--) {
      const at = this.#below(bytes.length + 1);
      switch (this.#below(4)) {
        case 0:
          bytes[at] = this.#below(256);
          break;
        case 1:
          bytes.splice(at, 1 + this.#below(8));
          break;
        case 2:
          bytes.splice(at, 0, ...Array.from({length: 1 + this.#below(8)}, () => this.#below(256)));
          break;
        default:
          bytes[at] = this.#pick([0, 0xff, 0xfe, 0x03, 0xfc]);
      }
    }
    return `0x${Buffer.from(bytes.map(byte => byte ?? 0)).toString("hex")}`;
  }
}
