import {err, ok, type Result} from "#base";
import {attempt, fixedBytes, str, struct, tuple, u8, u32, type ValueOf, vec} from "#codec";

const apis = vec(tuple(fixedBytes(8), u32));

/** What a runtime says of itself (`Core_version`). `apis`: BLAKE2b-64 of each API's name and its version. */
export const runtimeVersion = struct(
  {
    specName: str,
    implName: str,
    authoringVersion: u32,
    specVersion: u32,
    implVersion: u32,
    apis,
    transactionVersion: u32,
    stateVersion: u8,
  },
  {path: "sp_version::RuntimeVersion", typeName: "RuntimeVersion"},
);
export type RuntimeVersion = ValueOf<typeof runtimeVersion>;

/** BLAKE2b-64 of `Core`, whose version says which fields the runtime's version has. */
const CORE_API = Uint8Array.of(0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b);
/** Since these versions of `Core` the last two fields are there (sp-version, `decode_with_version_hint`). */
const WITH_TRANSACTION_VERSION = 3;
const WITH_STATE_VERSION = 4;

/**
 * A runtime's version of any age. The last two fields came later: without them upstream takes a transaction version of
 * 1 and a state version of 0. `known`: the APIs, where they are written apart from the version. The failure is a reason
 * for people.
 */
export function decodeRuntimeVersion(
  bytes: Uint8Array,
  known?: [Uint8Array, number][],
): Result<RuntimeVersion, string> {
  const read = attempt(bytes, source => {
    const head = {
      specName: str.decodeFrom(source),
      implName: str.decodeFrom(source),
      authoringVersion: u32.decodeFrom(source),
      specVersion: u32.decodeFrom(source),
      implVersion: u32.decodeFrom(source),
    };
    const listed = apis.decodeFrom(source);
    const all = listed.length === 0 && known !== undefined ? known : listed;
    const core = apiVersionIn(all, CORE_API);
    const has = (since: number) => (core === undefined ? source.remaining > 0 : core >= since);
    return {
      ...head,
      apis: all,
      transactionVersion: has(WITH_TRANSACTION_VERSION) ? u32.decodeFrom(source) : 1,
      stateVersion: has(WITH_STATE_VERSION) ? u8.decodeFrom(source) : 0,
    };
  });
  return read.ok ? ok(read.value) : err(read.error.message);
}

/** The version of an API that a runtime has, by the API's id of eight bytes; undefined where it has none of it. */
export function apiVersionIn(all: RuntimeVersion["apis"], id: Uint8Array): number | undefined {
  return all.find(([one]) => one.every((byte, i) => byte === id[i]))?.[1];
}
