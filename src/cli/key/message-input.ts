import {hexToBytes, utf8Bytes} from "#base";
import type {Terminal} from "./terminal.ts";

/** The message given, or standard input to its last byte; `undefined` when it should be hex and is not. */
export async function readMessage(
  options: {readonly message?: string | undefined; readonly hex?: boolean | undefined},
  io: Terminal,
): Promise<Uint8Array | undefined> {
  const text = options.message ?? (await io.readStdin());
  if (options.hex !== true) return utf8Bytes(text);
  const digits = text.trim();
  return hexToBytes(digits.startsWith("0x") ? digits : `0x${digits}`);
}
