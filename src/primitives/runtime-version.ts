import {fixedBytes, str, struct, tuple, u8, u32, type ValueOf, vec} from "#codec";

/** What a runtime says of itself (`Core_version`). `apis`: BLAKE2b-64 of each API's name and its version. */
export const runtimeVersion = struct(
  {
    specName: str,
    implName: str,
    authoringVersion: u32,
    specVersion: u32,
    implVersion: u32,
    apis: vec(tuple(fixedBytes(8), u32)),
    transactionVersion: u32,
    stateVersion: u8,
  },
  {path: "sp_version::RuntimeVersion", typeName: "RuntimeVersion"},
);
export type RuntimeVersion = ValueOf<typeof runtimeVersion>;
