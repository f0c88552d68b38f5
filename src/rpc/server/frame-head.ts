/** RFC 6455 §5.2. */
export const OPCODE = {continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10} as const;

/** Two bytes, eight of a long length, four of the mask. */
export const MOST_HEAD = 14;

/** Of a control frame, RFC 6455 §5.5. */
const MOST_CONTROL = 125;

export interface FrameHead {
  readonly isFinal: boolean;
  readonly opcode: number;
  readonly headLength: number;
  readonly payloadLength: number;
  /** As 32 bits, its first byte the highest. */
  readonly mask: number;
}

export const isControl = (opcode: number): boolean => opcode >= OPCODE.close;

/** The head of a client's frame that begins at `at`; `short` when there is not enough of it. */
export function readHead(bytes: Buffer, at: number): FrameHead | "short" | "invalid" {
  if (bytes.length - at < 2) return "short";
  const [first, second] = [bytes[at]!, bytes[at + 1]!];
  const opcode = first & 0x0f;
  const isFinal = (first & 0x80) !== 0;
  const length = second & 0x7f;
  const isKnown = opcode <= OPCODE.binary || (opcode >= OPCODE.close && opcode <= OPCODE.pong);
  // No extension is agreed upon, and clients mask what they send.
  if (!isKnown || (first & 0x70) !== 0 || (second & 0x80) === 0) return "invalid";
  if (isControl(opcode) && (!isFinal || length > MOST_CONTROL)) return "invalid";
  const lengthBytes = length === 126 ? 2 : length === 127 ? 8 : 0;
  const headLength = 2 + lengthBytes + 4;
  if (bytes.length - at < headLength) return "short";
  let payloadLength = length;
  if (lengthBytes === 2) payloadLength = bytes.readUInt16BE(at + 2);
  if (lengthBytes === 8) payloadLength = Number(bytes.readBigUInt64BE(at + 2));
  if (!Number.isSafeInteger(payloadLength)) return "invalid";
  return {
    isFinal,
    opcode,
    headLength,
    payloadLength,
    mask: bytes.readUInt32BE(at + headLength - 4),
  };
}

/** The head of a frame that is a whole message, masked with zeros: its payload is read as it is. */
export function headOfWhole(opcode: number, payloadLength: number): Buffer {
  const head = Buffer.alloc(MOST_HEAD);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(payloadLength), 2);
  return head;
}

/** Writes what `source` holds, unmasked, to `target`; `position` is where in its frame it begins. */
export function unmask(source: Buffer, target: Buffer, mask: number, position: number): void {
  const keys = [mask >>> 24, (mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff];
  for (let i = 0; i < source.length; i++) target[i] = source[i]! ^ keys[(position + i) & 3]!;
}
