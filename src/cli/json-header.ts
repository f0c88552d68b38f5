import {concatBytes, hexToBytes} from "#base";
import {decode} from "#codec";
import {slotOf} from "#consensus";
import {digest} from "#primitives";

/** A header as JSON-RPC answers it. */
export interface JsonHeader {
  readonly parentHash: string;
  readonly number: string;
  readonly digest: {readonly logs: readonly string[]};
}

/** The slot that a header says it was made in. */
export function slotOfJson({digest: {logs}}: JsonHeader): number | undefined {
  const compact = Uint8Array.of(logs.length << 2);
  const items = logs.map(log => hexToBytes(log) ?? new Uint8Array(0));
  const decoded = decode(digest, concatBytes(compact, ...items));
  return decoded.ok ? slotOf(decoded.value.logs) : undefined;
}
