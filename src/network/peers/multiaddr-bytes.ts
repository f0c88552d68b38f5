import {concatBytes, utf8Bytes} from "#base";

/**
 * Multiaddrs as Kademlia's answers carry them, for the protocols that we can dial. libp2p has this too, but the
 * network in memory needs it without libp2p. What is not in the table is no address for us.
 */
interface Part {
  readonly code: number;
  /** Bytes of its value; "text" has a length before it; 0 has none. */
  readonly size: number | "text";
  toBytes(text: string): Uint8Array | undefined;
  toText(bytes: Uint8Array): string | undefined;
}

const text = (code: number): Part => ({
  code,
  size: "text",
  toBytes: value => (value.length > 0 && value.length < 128 ? utf8Bytes(value) : undefined),
  toText: bytes => {
    const value = new TextDecoder().decode(bytes);
    return /^[\w.-]+$/.test(value) ? value : undefined;
  },
});

const flag = (code: number): Part => ({
  code,
  size: 0,
  toBytes: () => new Uint8Array(0),
  toText: () => "",
});

const PARTS: Readonly<Record<string, Part>> = {
  ip4: {
    code: 4,
    size: 4,
    toBytes: value => {
      const numbers = value.split(".").map(Number);
      const areBytes = numbers.every(byte => Number.isInteger(byte) && byte >= 0 && byte < 256);
      return numbers.length === 4 && areBytes ? Uint8Array.from(numbers) : undefined;
    },
    toText: bytes => bytes.join("."),
  },
  tcp: {
    code: 6,
    size: 2,
    toBytes: value => {
      const port = Number(value);
      const isPort = Number.isInteger(port) && port >= 0 && port < 65_536;
      return isPort ? Uint8Array.of(port >> 8, port & 0xff) : undefined;
    },
    toText: bytes => String(bytes[0]! * 256 + bytes[1]!),
  },
  dns: text(53),
  dns4: text(54),
  dns6: text(55),
  ws: flag(477),
  wss: flag(478),
  memory: text(777),
};

export function multiaddrToBytes(address: string): Uint8Array | undefined {
  const words = address.split("/").slice(1);
  const out: Uint8Array[] = [];
  for (let i = 0; i < words.length; i++) {
    const part = PARTS[words[i]!];
    if (part === undefined) return undefined;
    const value = part.toBytes(part.size === 0 ? "" : (words[++i] ?? ""));
    if (value === undefined) return undefined;
    out.push(Uint8Array.from(varint(part.code)));
    if (part.size === "text") out.push(Uint8Array.of(value.length));
    out.push(value);
  }
  return out.length === 0 ? undefined : concatBytes(...out);
}

export function bytesToMultiaddr(bytes: Uint8Array): string | undefined {
  let address = "";
  let offset = 0;
  while (offset < bytes.length) {
    const low = bytes[offset++]!;
    const code = low < 0x80 ? low : (low & 0x7f) + (bytes[offset++] ?? 0) * 128;
    const found = Object.entries(PARTS).find(([, part]) => part.code === code);
    if (found === undefined) return undefined;
    const [name, part] = found;
    const size = part.size === "text" ? (bytes[offset++] ?? 0) : part.size;
    if (offset + size > bytes.length) return undefined;
    const value = part.toText(bytes.subarray(offset, offset + size));
    if (value === undefined) return undefined;
    address += size === 0 ? `/${name}` : `/${name}/${value}`;
    offset += size;
  }
  return address === "" ? undefined : address;
}

function varint(code: number): readonly number[] {
  return code < 0x80 ? [code] : [(code & 0x7f) | 0x80, code >> 7];
}
