import {type BinaryString, concatBytes} from "#base";
import {alias, type Codec, decodeTrusted, encode, tuple, u64, vec} from "#codec";
import type {Externalities} from "#state";
import {GRANDPA_KEY, publicKeyCodec} from "../session/index.ts";

export const authorityId = publicKeyCodec(GRANDPA_KEY);

/** Voters with their weights, which are 1 throughout. */
export type Authorities = readonly (readonly [key: Uint8Array, weight: bigint])[];

export const authorityList = alias(
  vec(tuple(authorityId, alias(u64, "AuthorityWeight"))),
  "AuthorityList",
) as unknown as Codec<Authorities>;

/** The same list in a pending change, under the type by which upstream bounds it. */
const bounded = vec(tuple(authorityId, u64), {
  path: "bounded_collections::weak_bounded_vec::WeakBoundedVec",
  params: [
    {name: "T", type: tuple(authorityId, u64).info},
    {name: "S", type: undefined},
  ],
});
export const boundedAuthorityList = alias(
  bounded,
  "BoundedAuthorityList<Limit>",
) as unknown as Codec<Authorities>;

/** Where upstream's pallet of version 4 keeps its list: a key that is not hashed, so that light clients find it. */
export const GRANDPA_AUTHORITIES_KEY: BinaryString = ":grandpa_authorities";
/** Version of the list's format, its first byte. */
const LIST_VERSION = 1;

export function readAuthorities(state: Externalities): Authorities {
  const bytes = state.get(GRANDPA_AUTHORITIES_KEY);
  return bytes === undefined ? [] : decodeTrusted(authorityList, bytes.subarray(1));
}

export function writeAuthorities(state: Externalities, authorities: Authorities): void {
  const list = encode(authorityList, authorities);
  state.set(GRANDPA_AUTHORITIES_KEY, concatBytes(Uint8Array.of(LIST_VERSION), list));
}
