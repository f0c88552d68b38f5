import {concatBytes} from "#base";

/** A zstd frame that holds its content uncompressed: one raw block. Content of less than 128 KiB. */
export function zstdFrameOf(content: Uint8Array): Uint8Array {
  // Magic; a descriptor that says "single segment, content size in 4 bytes"; that size; last block, raw, its size.
  const head = new Uint8Array(4 + 1 + 4 + 3);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  view.setUint8(4, 0b1010_0000);
  view.setUint32(5, content.length, true);
  const block = (content.length << 3) | 1;
  head.set([block & 0xff, (block >> 8) & 0xff, (block >> 16) & 0xff], 9);
  return concatBytes(head, content);
}
