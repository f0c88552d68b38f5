import {type Codec, typeInfo, unit} from "#codec";

/** `Compact<()>`: no bytes. Its one use is the account index of an address, which this chain does not have. */
export const compactUnit: Codec<undefined> = {
  info: typeInfo({kind: "compact", inner: unit.info}),
  typeName: "AccountIndex",
  encodeTo() {},
  decodeFrom: () => undefined,
};
