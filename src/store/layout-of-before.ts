import type {KeyValueStore} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";

/**
 * The layout in which values kept outside their nodes went by key and hash, and child tries by name and root. What was written
 * so is read so for as long as it is there, and is never removed by its place, since several states may share it.
 */
export const VALUES_BY_HASH = 1;

/** Has a database of that layout go on in the present one: what is written from now on has places. One atomic write. */
export async function raiseLayout(store: KeyValueStore): Promise<void> {
  const schema = store.get(keys.meta("schema"))!;
  const version = new DataView(schema.buffer, schema.byteOffset).getUint32(0, true);
  if (version !== VALUES_BY_HASH) return;
  await store.write([[keys.meta("schema"), Uint8Array.of(SCHEMA_VERSION, 0, 0, 0)]]);
}
