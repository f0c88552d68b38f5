import {type Codec, u8} from "#codec";

/** What a node is to its network. On the wire a bit mask of which exactly one bit is set. */
export type Role = "full" | "light" | "authority";

const BITS: Readonly<Record<Role, number>> = {full: 1, light: 2, authority: 4};

export const role: Codec<Role> = {
  info: u8.info,
  typeName: "Roles",
  encodeTo: (value, sink) => sink.u8(BITS[value]),
  decodeFrom(source) {
    const byte = source.u8();
    if (byte === BITS.full) return "full";
    if (byte === BITS.light) return "light";
    if (byte === BITS.authority) return "authority";
    return source.fail("invalid-value", `${byte} is not one role`);
  },
};
