import {alias, bytes, type Codec, fixedBytes, unit, type ValueOf, variant} from "#codec";
import {compactUnit} from "./compact-unit.ts";

/** 32 raw bytes: an ed25519 or sr25519 public key, or a hash standing for something else. */
export type AccountId = Uint8Array;

export const accountId: Codec<AccountId> = fixedBytes(32, {
  path: "sp_core::crypto::AccountId32",
  typeName: "AccountId",
});

/** How an extrinsic names an account. Only `Id` resolves on this chain (spec/pallets §3). */
export const multiAddress = variant(
  {
    Id: [0, accountId],
    Index: [1, compactUnit],
    Raw: [2, bytes],
    Address32: [3, fixedBytes(32)],
    Address20: [4, fixedBytes(20)],
  },
  {
    path: "sp_runtime::multiaddress::MultiAddress",
    params: [
      {name: "AccountId", type: accountId.info},
      {name: "AccountIndex", type: unit.info},
    ],
    typeName: "AccountIdLookupOf<T>",
  },
);
export type MultiAddress = ValueOf<typeof multiAddress>;

export const multiSignature = variant(
  {
    Ed25519: [
      0,
      fixedBytes(64, {path: "sp_core::ed25519::Signature", typeName: "ed25519::Signature"}),
    ],
    Sr25519: [
      1,
      fixedBytes(64, {path: "sp_core::sr25519::Signature", typeName: "sr25519::Signature"}),
    ],
    Ecdsa: [2, fixedBytes(65, {path: "sp_core::ecdsa::Signature", typeName: "ecdsa::Signature"})],
  },
  {path: "sp_runtime::MultiSignature"},
);
export type MultiSignature = ValueOf<typeof multiSignature>;

/** 32-byte hash. */
export type Hash = Uint8Array;

export const hash: Codec<Hash> = fixedBytes(32, {
  path: "primitive_types::H256",
  typeName: "T::Hash",
});
export const blockHash = alias(hash, "BlockHash");
