import {type BinaryString, binaryToHex, bytesToBinary, ok} from "#base";
import type {BlockTrace, StorageAccess} from "#core";
import {callFailureText} from "../../access/call-failure-text.ts";
import {hash, method, optional, param, text} from "../../declare/index.ts";
import type {ReplayQuestions} from "../../questions/replay.ts";
import {toHex} from "../../shapes/hex.ts";

/** Targets that are told of where nothing is said. */
const DEFAULT_TARGETS = "pallet,frame,state";
const EXECUTIVE = "frame_executive";
const STATE = "state";

/** More would be cut short by the limit of a response in any case; upstream stops at the same number. */
const MAX_EVENTS = 50_000;

/**
 * Executes a block again and tells of the parts of its execution and of what each read and wrote. Upstream asks for a
 * runtime that was built for it; here any block can be traced.
 */
export const stateTraceBlock = (replay: ReplayQuestions) =>
  method({
    name: "state_traceBlock",
    unsafe: true,
    params: [
      param("block", hash),
      optional("targets", text),
      optional("storageKeys", text),
      optional("methods", text),
    ],
    result: "{blockTrace} | {traceError}",
    handle({chain}, block, targets = DEFAULT_TARGETS, storageKeys = "", methods = "") {
      const traced = replay.trace(block);
      if (traced === undefined) return ok(traceError("Block not found"));
      if (!traced.ok) return ok(traceError(callFailureText(chain, block, traced.error)));
      const wanted = new Filter(targets, storageKeys, methods);
      const events = traced.value.accesses.filter(access => wanted.hasAccess(access));
      if (events.length > MAX_EVENTS) {
        return ok(traceError(`More than ${MAX_EVENTS} events: name fewer storage keys or methods`));
      }
      return ok({
        blockTrace: {
          blockHash: toHex(block),
          parentHash: toHex(chain.header(block)!.subarray(0, 32)),
          tracingTargets: targets,
          storageKeys,
          methods,
          spans: wanted.hasTarget(EXECUTIVE) ? spansOf(traced.value) : [],
          events: events.map(eventOf),
        },
      });
    },
  });

const traceError = (error: string) => ({traceError: {error}});

/** What a client asked for: lists with commas between; an empty one lets all pass. */
class Filter {
  readonly #targets: readonly string[];
  readonly #keys: readonly string[];
  readonly #methods: readonly string[];

  constructor(targets: string, storageKeys: string, methods: string) {
    this.#targets = list(targets);
    this.#keys = list(storageKeys).map(key => key.replace(/^0x/, "").toLowerCase());
    this.#methods = list(methods);
  }

  hasTarget(target: string): boolean {
    return this.#targets.length === 0 || this.#targets.some(prefix => target.startsWith(prefix));
  }

  hasAccess({key, method: name}: StorageAccess): boolean {
    if (!this.hasTarget(STATE)) return false;
    if (this.#methods.length > 0 && !this.#methods.includes(name)) return false;
    const hex = bare(key);
    return this.#keys.length === 0 || this.#keys.some(prefix => hex.startsWith(prefix));
  }
}

const list = (joined: string): string[] =>
  joined
    .split(",")
    .map(each => each.trim())
    .filter(each => each !== "");

const spansOf = ({spans}: BlockTrace) =>
  spans.map(({id, parentId, name}) => ({
    id,
    parentId: parentId ?? null,
    name,
    target: EXECUTIVE,
    wasm: true,
  }));

/** Keys and values are hex without a prefix, as tracing writes them; encoded ones are options. */
function eventOf({method: name, key, value, span}: StorageAccess) {
  const found = value === undefined ? undefined : bare(bytesToBinary(value));
  const shown = found === undefined ? "None" : `Some(${found})`;
  const encoded = found === undefined ? "00" : `01${found}`;
  const isWrite = name === "Put" || name === "Append";
  const values = isWrite
    ? {value: shown, value_encoded: encoded}
    : {result: shown, result_encoded: encoded};
  return {
    target: STATE,
    data: {stringValues: {ext_id: "0000", method: name, key: bare(key), ...values}},
    parentId: span,
  };
}

const bare = (key: BinaryString): string => binaryToHex(key).slice(2);
