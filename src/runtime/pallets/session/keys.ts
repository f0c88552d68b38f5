import {concatBytes} from "#base";
import {type Codec, fixedBytes, newtype, struct} from "#codec";

/** One kind of session key: its four-character id, its field in `SessionKeys`, the scheme and its type's path. */
export interface SessionKeyType {
  readonly id: string;
  readonly field: string;
  readonly scheme: "sr25519" | "ed25519";
  /** Rust path of the public key's type, by which clients know it. */
  readonly path: string;
}

export const AURA_KEY: SessionKeyType = {
  id: "aura",
  field: "aura",
  scheme: "sr25519",
  path: "sp_consensus_aura::sr25519::app_sr25519::Public",
};

export const GRANDPA_KEY: SessionKeyType = {
  id: "gran",
  field: "grandpa",
  scheme: "ed25519",
  path: "sp_consensus_grandpa::app::Public",
};

/** A validator's public keys by field, as in `{aura: 0x…, grandpa: 0x…}`. */
export type SessionKeys = Readonly<Record<string, Uint8Array>>;

export function publicKeyCodec({scheme, path}: SessionKeyType): Codec<Uint8Array> {
  return newtype(
    fixedBytes(32, {path: `sp_core::${scheme}::Public`, typeName: `${scheme}::Public`}),
    {
      path,
      typeName: path.split("::").slice(-2).join("::"),
    },
  );
}

export function sessionKeysCodec(
  types: readonly SessionKeyType[],
  path: string,
): Codec<SessionKeys> {
  const fields = Object.fromEntries(types.map(type => [type.field, publicKeyCodec(type)]));
  return struct(fields, {path, typeName: "T::Keys"}) as Codec<SessionKeys>;
}

/** All public keys one after another: the form in which `author_rotateKeys` returns them. */
export function concatKeys(types: readonly SessionKeyType[], keys: SessionKeys): Uint8Array {
  return concatBytes(...types.map(({field}) => keys[field]!));
}
