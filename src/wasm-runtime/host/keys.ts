import {bytes, encode, fixedBytes, option, vec} from "#codec";
import {
  PUBLIC_KEY_LENGTH,
  SIGNATURE_LENGTH,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
} from "#crypto";
import {hostTrap} from "../host-trap.ts";
import {encodeFixed} from "./answers.ts";
import type {CallContext} from "./call-context.ts";
import {data, fixed, keyType, scale} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("keys");
const seed = scale(option(bytes));

const keysOf = ({host}: CallContext) =>
  host.keys ?? hostTrap("keys of the node are not for this call");

function functionsOf(scheme: SignatureScheme): HostFunction[] {
  const length = PUBLIC_KEY_LENGTH[scheme];
  const publicKeys = vec(fixedBytes(length));
  return [
    define(
      `crypto_${scheme}_generate_version_1`,
      [keyType, seed],
      "address",
      ({host}, type, of) => {
        if (host.generateSessionKey === undefined) hostTrap("no keys can be made in this call");
        const key = host.generateSessionKey?.(type, of, scheme);
        if (key?.length !== length) hostTrap(`no ${type} key could be generated`);
        return key as Uint8Array;
      },
    ),
    define(`crypto_${scheme}_public_keys_version_1`, [keyType], "span", (call, type) =>
      encode(publicKeys, [...keysOf(call).publicKeys(scheme, type)]),
    ),
    define(
      `crypto_${scheme}_sign_version_1`,
      [keyType, fixed(length), data],
      "span",
      (call, type, key, message) =>
        encodeFixed(SIGNATURE_LENGTH[scheme], keysOf(call).sign(scheme, type, key, message)),
    ),
  ];
}

/** The node's keys (spec/wasm-engine §4.5): for calls off the chain, whose hosts have some; others trap. */
export const keyFunctions: readonly HostFunction[] = SIGNATURE_SCHEMES.flatMap(functionsOf);
