import {leb} from "./instructions.ts";

/** Bytes of a custom section. */
export function customSection(name: string, content: Uint8Array): Uint8Array {
  const nameBytes = [...name].map(char => char.charCodeAt(0));
  const head = [...leb(nameBytes.length), ...nameBytes];
  const size = leb(head.length + content.length);
  const out = new Uint8Array(1 + size.length + head.length + content.length);
  out.set([0, ...size, ...head]);
  out.set(content, 1 + size.length + head.length);
  return out;
}
