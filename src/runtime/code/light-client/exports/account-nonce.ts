import {i32} from "#wasm";
import {exportApi} from "../answer.ts";
import {span} from "../memory.ts";
import type {Parts} from "../parts.ts";

/** `AccountNonceApi_account_nonce`: the first four bytes of an account's record. */
export function exportAccountNonce(parts: Parts): void {
  const {reader, storage} = parts;
  exportApi(parts, "AccountNonceApi_account_nonce", ({params: [address, length]}) => [
    ...reader.open(address.get, length.get),
    ...span(storage.account.call(reader.take.call(i32.const(32))), i32.const(4)),
  ]);
}
