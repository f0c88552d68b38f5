import {err, ok, type Result} from "#base";
import {decode, encode, vec} from "#codec";
import {type OpaqueExtrinsic, opaqueExtrinsic} from "#primitives";
import {decodeScale, type Malformed, malformed} from "./malformed.ts";
import {type Role, role} from "./roles.ts";

/** Extrinsics of one message: as many as Substrate would keep waiting for validation at all. */
const MAX_EXTRINSICS = 8_192;

const extrinsics = vec(opaqueExtrinsic, {bound: MAX_EXTRINSICS});

export const encodeTransactions = (value: readonly OpaqueExtrinsic[]): Uint8Array =>
  encode(extrinsics, [...value]);
export const decodeTransactions = (input: Uint8Array): Result<OpaqueExtrinsic[], Malformed> =>
  decodeScale(extrinsics, input);

export const encodeRole = (value: Role): Uint8Array => encode(role, value);

/** The handshake of transactions and grandpa: roles, or nothing, which some nodes send. */
export function decodeOptionalRole(input: Uint8Array): Result<Role | undefined, Malformed> {
  if (input.length === 0) return ok(undefined);
  const decoded = decode(role, input);
  return decoded.ok ? decoded : err(malformed(decoded.error.message));
}
