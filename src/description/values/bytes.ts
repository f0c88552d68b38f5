import {hexToBytes} from "#base";
import {readCompact, type TypeInfo, writeCompact} from "#codec";
import {decodeSs58} from "#crypto";
import {expect} from "./misfit.ts";
import type {ValueNode} from "./walk.ts";

export const isByte = ({def}: TypeInfo) => def.kind === "primitive" && def.name === "u8";

function bytesFrom(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  return typeof value === "string" ? hexToBytes(value) : undefined;
}

/** `Vec<u8>`: one array of bytes; hex is taken as well. */
export const byteListNode: ValueNode = {
  read: ({source}) => source.take(readCompact(source)),
  write({sink}, value) {
    const bytes = bytesFrom(value) ?? expect("bytes, or 0x-prefixed hex");
    writeCompact(bytes.length, sink);
    sink.raw(bytes);
  },
};

/** `[u8; length]` */
export function byteArrayNode(length: number): ValueNode {
  return {
    read: ({source}) => source.take(length),
    write({sink}, value) {
      const bytes = bytesFrom(value);
      if (bytes?.length !== length) expect(`${length} bytes, or 0x-prefixed hex of them`);
      sink.raw(bytes);
    },
  };
}

const ACCOUNT_PATH = ["sp_core", "crypto", "AccountId32"];
const ACCOUNT_LENGTH = 32;

export function isAccount({path, def}: TypeInfo): boolean {
  const [only] = def.kind === "composite" ? def.fields : [];
  return (
    path.length === ACCOUNT_PATH.length &&
    path.every((name, i) => name === ACCOUNT_PATH[i]) &&
    only?.type.def.kind === "array" &&
    only.type.def.length === ACCOUNT_LENGTH
  );
}

/** An account; its address is taken as well, of whichever chain. */
export const accountNode: ValueNode = {
  read: ({source}) => source.take(ACCOUNT_LENGTH),
  write({sink}, value) {
    const account = bytesFrom(value) ?? addressed(value);
    if (account?.length !== ACCOUNT_LENGTH) {
      expect("32 bytes of an account, 0x-prefixed hex of them, or an address");
    }
    sink.raw(account);
  },
};

function addressed(value: unknown): Uint8Array | undefined {
  const address = typeof value === "string" ? decodeSs58(value) : undefined;
  return address?.ok ? address.value.bytes : undefined;
}
