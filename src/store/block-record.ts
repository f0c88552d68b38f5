/** What the store itself knows of a block; the header is bytes to it. */
export type BlockRecord = {
  hash: Uint8Array;
  number: number;
  parentHash: Uint8Array;
  stateRoot: Uint8Array;
  header: Uint8Array;
};

const HASH = 32;

/** Number (u32, little-endian), parent hash, state root, header. */
export function encodeBlockRecord(record: BlockRecord): Uint8Array {
  const out = new Uint8Array(4 + 2 * HASH + record.header.length);
  new DataView(out.buffer).setUint32(0, record.number, true);
  out.set(record.parentHash, 4);
  out.set(record.stateRoot, 4 + HASH);
  out.set(record.header, 4 + 2 * HASH);
  return out;
}

export function decodeBlockRecord(hash: Uint8Array, bytes: Uint8Array): BlockRecord {
  return {
    hash,
    number: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true),
    parentHash: bytes.subarray(4, 4 + HASH),
    stateRoot: bytes.subarray(4 + HASH, 4 + 2 * HASH),
    header: bytes.subarray(4 + 2 * HASH),
  };
}

/** Each item as its length (u32, little-endian) and its bytes. */
export function encodeItems(items: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(items.reduce((size, item) => size + 4 + item.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const item of items) {
    view.setUint32(at, item.length, true);
    out.set(item, at + 4);
    at += 4 + item.length;
  }
  return out;
}

export function decodeItems(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const items: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    items.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return items;
}
