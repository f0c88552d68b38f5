import {encodeCleared, encodeKey, encodeValue} from "./answers.ts";
import {data, key, room, stateVersion, u32} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";
import {limit, readInto} from "./storage.ts";

const define = ofGroup("child storage");

/** Child tries of the default kind (spec/wasm-engine §4.2): by name, without the prefix that their roots stand under. */
export const childStorageFunctions: readonly HostFunction[] = [
  define("default_child_storage_get_version_1", [key, key], "span", ({state}, name, at) =>
    encodeValue(state.child(name).get(at)),
  ),
  define(
    "default_child_storage_read_version_1",
    [key, key, room, u32],
    "span",
    ({state, memory}, name, at, into, offset) =>
      readInto(memory, state.child(name).get(at), into, offset),
  ),
  define("default_child_storage_set_version_1", [key, key, data], "nothing", (call, name, at, to) =>
    call.state.child(name).set(at, to),
  ),
  define("default_child_storage_clear_version_1", [key, key], "nothing", ({state}, name, at) =>
    state.child(name).remove(at),
  ),
  define("default_child_storage_exists_version_1", [key, key], "i32", ({state}, name, at) =>
    state.child(name).has(at) ? 1 : 0,
  ),
  define("default_child_storage_next_key_version_1", [key, key], "span", ({state}, name, at) =>
    encodeKey(state.child(name).nextKey(at)),
  ),
  define(
    "default_child_storage_clear_prefix_version_1",
    [key, key],
    "nothing",
    (call, name, at) => {
      call.state.child(name).clearPrefix(at);
    },
  ),
  define(
    "default_child_storage_clear_prefix_version_2",
    [key, key, limit],
    "span",
    ({state}, name, prefix, most) => encodeCleared(state.child(name).clearPrefix(prefix, most)),
  ),
  define("default_child_storage_storage_kill_version_1", [key], "nothing", ({state}, name) => {
    state.child(name).kill();
  }),
  define("default_child_storage_storage_kill_version_2", [key, limit], "i32", (call, name, most) =>
    call.state.child(name).kill(most).remaining ? 0 : 1,
  ),
  define("default_child_storage_storage_kill_version_3", [key, limit], "span", (call, name, most) =>
    encodeCleared(call.state.child(name).kill(most)),
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
