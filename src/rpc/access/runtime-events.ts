import {bytesToBinary, LruCache} from "#base";
import {decodeRuntimeVersion, type Hash} from "#primitives";
import type {ChainQuestions} from "../questions/chain.ts";
import {toHex} from "../shapes/hex.ts";
import {callFailureText} from "./call-failure-text.ts";

/** Blocks that clients follow at any time: few, and all of them the same. */
const BLOCKS_KEPT = 256;

export type RuntimeEvent =
  | {readonly type: "invalid"; readonly error: string}
  | {readonly type: "valid"; readonly spec: RuntimeSpec};

/** Exactly these six fields: some clients refuse more (spec/rpc §2). Here the APIs are an object. */
export interface RuntimeSpec {
  readonly specName: string;
  readonly implName: string;
  readonly specVersion: number;
  readonly implVersion: number;
  readonly transactionVersion: number;
  readonly apis: Readonly<Record<string, number>>;
}

const isSame = (a: RuntimeEvent, b: RuntimeEvent): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What the newer methods say of a block's runtime (spec/rpc §2): each block's made once, whoever asks. */
export class RuntimeEvents {
  readonly #chain: ChainQuestions;
  readonly #kept = new LruCache<string, RuntimeEvent>(BLOCKS_KEPT);

  constructor(chain: ChainQuestions) {
    this.#chain = chain;
  }

  of(block: Hash): RuntimeEvent {
    const key = bytesToBinary(block);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const event = this.#ask(block);
    this.#kept.set(key, event);
    return event;
  }

  /** Null where it is the parent's. */
  change(parent: Hash, block: Hash): RuntimeEvent | null {
    const event = this.of(block);
    return isSame(event, this.of(parent)) ? null : event;
  }

  #ask(block: Hash): RuntimeEvent {
    const called = this.#chain.call(block, "Core_version", new Uint8Array());
    if (!called.ok) {
      return {type: "invalid", error: callFailureText(this.#chain, block, called.error)};
    }
    const version = decodeRuntimeVersion(called.value);
    if (!version.ok) return {type: "invalid", error: "Core_version answered no version"};
    const {specName, implName, specVersion, implVersion, transactionVersion, apis} = version.value;
    return {
      type: "valid",
      spec: {
        specName,
        implName,
        specVersion,
        implVersion,
        transactionVersion,
        apis: Object.fromEntries(apis.map(([id, number]) => [toHex(id), number])),
      },
    };
  }
}
