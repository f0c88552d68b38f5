import type {TouchKind} from "#runtime-api";
import type {ChildName, ChildState, StorageKey} from "#state";
import {encodeCleared, encodeKey, encodeValue} from "./answers.ts";
import type {CallContext} from "./call-context.ts";
import {data, key, room, stateVersion, u32} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";
import {limit, readInto} from "./storage.ts";

const define = ofGroup("child storage");
/** The prefix of all keys. */
const ALL = "";

/** A child trie of which something is asked, by which the call is remembered should it be cut short. */
function touched(
  {state, touches}: CallContext,
  kind: TouchKind,
  name: ChildName,
  at: StorageKey,
): ChildState {
  touches.note(kind, at, name);
  return state.child(name);
}

/** Child tries of the default kind (spec/wasm-engine §4.2): by name, without the prefix that their roots stand under. */
export const childStorageFunctions: readonly HostFunction[] = [
  define("default_child_storage_get_version_1", [key, key], "span", (call, name, at) =>
    encodeValue(touched(call, "read", name, at).get(at)),
  ),
  define(
    "default_child_storage_read_version_1",
    [key, key, room, u32],
    "span",
    (call, name, at, into, offset) =>
      readInto(call.memory, touched(call, "read", name, at).get(at), into, offset),
  ),
  define("default_child_storage_set_version_1", [key, key, data], "nothing", (call, name, at, to) =>
    touched(call, "write", name, at).set(at, to),
  ),
  define("default_child_storage_clear_version_1", [key, key], "nothing", (call, name, at) =>
    touched(call, "remove", name, at).remove(at),
  ),
  define("default_child_storage_exists_version_1", [key, key], "i32", (call, name, at) =>
    touched(call, "read", name, at).has(at) ? 1 : 0,
  ),
  define("default_child_storage_next_key_version_1", [key, key], "span", (call, name, at) =>
    encodeKey(touched(call, "next", name, at).nextKey(at)),
  ),
  define(
    "default_child_storage_clear_prefix_version_1",
    [key, key],
    "nothing",
    (call, name, prefix) => {
      touched(call, "clear", name, prefix).clearPrefix(prefix);
    },
  ),
  define(
    "default_child_storage_clear_prefix_version_2",
    [key, key, limit],
    "span",
    (call, name, prefix, most) =>
      encodeCleared(touched(call, "clear", name, prefix).clearPrefix(prefix, most)),
  ),
  define("default_child_storage_storage_kill_version_1", [key], "nothing", (call, name) => {
    touched(call, "clear", name, ALL).kill();
  }),
  define("default_child_storage_storage_kill_version_2", [key, limit], "i32", (call, name, most) =>
    touched(call, "clear", name, ALL).kill(most).remaining ? 0 : 1,
  ),
  define("default_child_storage_storage_kill_version_3", [key, limit], "span", (call, name, most) =>
    encodeCleared(touched(call, "clear", name, ALL).kill(most)),
  ),
  define("default_child_storage_root_version_1", [key], "span", ({state}, name) =>
    state.child(name).root(0),
  ),
  define(
    "default_child_storage_root_version_2",
    [key, stateVersion],
    "span",
    (call, name, version) => call.state.child(name).root(version),
  ),
];
