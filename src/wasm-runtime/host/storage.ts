import {option, u32 as u32Codec} from "#codec";
import type {GuestMemory} from "../memory/index.ts";
import {encodeCleared, encodeKey, encodeLength, encodeValue} from "./answers.ts";
import {data, key, room, scale, stateVersion, u32} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("storage");
export const limit = scale(option(u32Codec));
const NONE = Uint8Array.of(0);

/**
 * Copies what fits of a value from `offset` on, and answers the length of the rest from there, not what was copied: as
 * upstream, and runtimes build on it.
 */
export function readInto(
  memory: GuestMemory,
  value: Uint8Array | undefined,
  {at, length}: {readonly at: number; readonly length: number},
  offset: number,
): Uint8Array {
  if (value === undefined) return NONE;
  const rest = value.subarray(Math.min(offset, value.length));
  memory.write(at, rest.subarray(0, length));
  return encodeLength(rest.length);
}

/** The top trie (spec/wasm-engine §4.1). Writes to the roots of child tries do nothing, which the state sees to. */
export const storageFunctions: readonly HostFunction[] = [
  define("storage_get_version_1", [key], "span", ({state, touches}, at) => {
    touches.note("read", at);
    return encodeValue(state.get(at));
  }),
  define(
    "storage_read_version_1",
    [key, room, u32],
    "span",
    ({state, memory, touches}, at, into, offset) => {
      touches.note("read", at);
      return readInto(memory, state.get(at), into, offset);
    },
  ),
  define("storage_set_version_1", [key, data], "nothing", ({state, touches}, at, value) => {
    touches.note("write", at);
    state.set(at, value);
  }),
  define("storage_clear_version_1", [key], "nothing", ({state, touches}, at) => {
    touches.note("remove", at);
    state.remove(at);
  }),
  define("storage_exists_version_1", [key], "i32", ({state, touches}, at) => {
    touches.note("read", at);
    return state.has(at) ? 1 : 0;
  }),
  define("storage_clear_prefix_version_1", [key], "nothing", ({state, touches}, prefix) => {
    touches.note("clear", prefix);
    state.clearPrefix(prefix);
  }),
  define(
    "storage_clear_prefix_version_2",
    [key, limit],
    "span",
    ({state, touches}, prefix, most) => {
      touches.note("clear", prefix);
      return encodeCleared(state.clearPrefix(prefix, most));
    },
  ),
  define("storage_append_version_1", [key, data], "nothing", ({state, touches}, at, item) => {
    touches.note("write", at);
    state.append(at, item);
  }),
  define("storage_root_version_1", [], "span", ({state}) => state.root(0)),
  define("storage_root_version_2", [stateVersion], "span", ({state}, version) =>
    state.root(version),
  ),
  // Changes tries are gone from upstream, which answers this way.
  define("storage_changes_root_version_1", [data], "span", () => NONE),
  define("storage_next_key_version_1", [key], "span", ({state, touches}, at) => {
    touches.note("next", at);
    return encodeKey(state.nextKey(at));
  }),
  define("storage_start_transaction_version_1", [], "nothing", ({state}) => state.begin()),
  define("storage_rollback_transaction_version_1", [], "nothing", ({state}) => state.rollback()),
  define("storage_commit_transaction_version_1", [], "nothing", ({state}) => state.commit()),
];
