import {utf8Bytes} from "#base";
import type {StateReader} from "#description";
import type {AccountId} from "#primitives";
import {bytesOf} from "./published-values.ts";

/** Who registered a session key (pallet_session, `KeyOwner`); undefined where nobody has, or has it no more. */
export const readKeyOwner = (
  reader: StateReader,
  keyType: string,
  key: Uint8Array,
): AccountId | undefined => bytesOf(reader.read("Session.KeyOwner", [[utf8Bytes(keyType), key]]));
