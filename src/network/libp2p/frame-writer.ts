import type {Stream} from "@libp2p/interface";

/** Bytes that may wait inside libp2p for one stream before more is written: Yamux' first window. */
const LOW_WATER = 256 * 1_024;

/** `length ++ bytes`, the length as an unsigned LEB128 number. */
export function withLength(bytes: Uint8Array): Uint8Array {
  const prefix: number[] = [];
  let rest = bytes.length;
  while (rest >= 0x80) {
    prefix.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  prefix.push(rest);
  const out = new Uint8Array(prefix.length + bytes.length);
  out.set(prefix);
  out.set(bytes, prefix.length);
  return out;
}

export function takesMore(stream: Stream): boolean {
  return !stream.writableNeedsDrain && stream.writeBufferLength < LOW_WATER;
}

/** Hands bytes to a stream; false when it is closed, in whatever way it says so. */
export function trySend(stream: Stream, bytes: Uint8Array): boolean {
  try {
    stream.send(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until a stream takes more; false when it closed instead. Not `onDrain`, whose promise stays resolved after
 * the first drain and then holds nobody back.
 */
export async function drained(stream: Stream): Promise<boolean> {
  while (!takesMore(stream)) {
    if (stream.writeStatus !== "writable") return false;
    await new Promise<void>(resolve => {
      const done = () => {
        for (const event of EVENTS) stream.removeEventListener(event, done);
        resolve();
      };
      for (const event of EVENTS) stream.addEventListener(event, done);
    });
  }
  return stream.writeStatus === "writable";
}

const EVENTS = ["drain", "idle", "close"] as const;
