import {binaryToBytes} from "#base";
import {bytes, decodePrefix, fixedBytes, option, tuple, vec} from "#codec";
import {trap} from "../frame/index.ts";
import {concatKeys, type Session, type SessionKeyType} from "../pallets/session/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

export const sessionKeysApi = (
  keyTypes: readonly SessionKeyType[],
  {keysCodec}: Pick<Session, "keysCodec">,
): RuntimeApi => ({
  name: "SessionKeys",
  id: "0xab3c0572291feb8b",
  version: 1,
  docs: "Session keys runtime api.",
  methods: [
    method({
      name: "generate_session_keys",
      docs: "Generate a set of session keys with optionally using the given seed. Returns the concatenated SCALE encoded public keys.",
      inputs: {seed: option(bytes)},
      output: bytes,
      run(host, {seed}) {
        const keys = keyTypes.map(({id, field, scheme}) => {
          const key = host.generateSessionKey?.(id, seed, scheme);
          return [field, key ?? trap(`no ${id} key could be generated`)] as const;
        });
        return concatKeys(keyTypes, Object.fromEntries(keys));
      },
    }),
    method({
      name: "decode_session_keys",
      docs: "Decode the given public session keys. Returns the list of public raw public keys + key type.",
      inputs: {encoded: bytes},
      output: option(vec(tuple(bytes, fixedBytes(4, {path: "sp_core::crypto::KeyTypeId"})))),
      run(_, {encoded}) {
        const decoded = decodePrefix(keysCodec, encoded);
        if (!decoded.ok) return undefined;
        return keyTypes.map(({id, field}): [Uint8Array, Uint8Array] => [
          decoded.value.value[field]!,
          binaryToBytes(id),
        ]);
      },
    }),
  ],
});
