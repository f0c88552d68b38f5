import {bytesToBinary} from "#base";
import {alias, bytes, tuple, u32, vec} from "#codec";
import {call, done, ensureRoot, failed} from "../../../frame/index.ts";
import {systemWeights} from "../weights.ts";

const key = alias(bytes, "Key");

export const setStorage = () =>
  call({
    name: "set_storage",
    index: 4,
    docs: "Set some items of storage.",
    args: {items: alias(vec(tuple(key, bytes)), "Vec<KeyValue>")},
    class: "Operational",
    weight: ({items}) => systemWeights.setStorage(BigInt(items.length)),
    dispatch(state, origin, {items}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      for (const [name, value] of items) state.set(bytesToBinary(name), value);
      return done();
    },
  });

export const killStorage = () =>
  call({
    name: "kill_storage",
    index: 5,
    docs: "Kill some items from storage.",
    args: {keys: vec(key)},
    class: "Operational",
    weight: ({keys}) => systemWeights.killStorage(BigInt(keys.length)),
    dispatch(state, origin, {keys}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      for (const name of keys) state.remove(bytesToBinary(name));
      return done();
    },
  });

export const killPrefix = () =>
  call({
    name: "kill_prefix",
    index: 6,
    docs: "Kill all storage items with a key that starts with the given prefix.",
    args: {prefix: key, subkeys: u32},
    class: "Operational",
    weight: ({subkeys}) => systemWeights.killPrefix(BigInt(Math.min(subkeys + 1, 0xffff_ffff))),
    dispatch(state, origin, {prefix, subkeys}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      state.clearPrefix(bytesToBinary(prefix), subkeys);
      return done();
    },
  });
