import {type Codec, type Sink, type Source, typeInfo, u8, type VariantInfo} from "#codec";

/** For how long a signature counts: for ever, or for `period` blocks from a birth block (spec/pallets §5.4). */
export type Era =
  | {readonly type: "Immortal"}
  | {readonly type: "Mortal"; readonly period: number; readonly phase: number};

export const IMMORTAL: Era = {type: "Immortal"};

function quantize(period: number): number {
  return Math.max(period >> 12, 1);
}

/** The era that is alive at block `current` and lasts about `wish` blocks: a power of two in 4..65536. */
export function mortalEra(wish: number, current: number): Era {
  let period = 4;
  while (period < wish && period < 65_536) period *= 2;
  const step = quantize(period);
  return {type: "Mortal", period, phase: Math.floor((current % period) / step) * step};
}

/** The block whose hash the signature covers, for an extrinsic checked at block `current`. */
export function birth(era: Era, current: number): number {
  if (era.type === "Immortal") return 0;
  const {period, phase} = era;
  return Math.floor((Math.max(current, phase) - phase) / period) * period + phase;
}

/** The first block at which the extrinsic is no longer valid; infinite for an immortal one. */
export function death(era: Era, current: number): number {
  return era.type === "Immortal" ? Number.POSITIVE_INFINITY : birth(era, current) + era.period;
}

/** Metadata lists every first byte as a variant of its own: one for Immortal, 255 that carry a second byte. */
const variants: VariantInfo[] = Array.from({length: 256}, (_, index) => ({
  name: index === 0 ? "Immortal" : `Mortal${index}`,
  index,
  fields: index === 0 ? [] : [{name: undefined, typeName: "u8", type: u8.info, docs: []}],
  docs: [],
}));

export const era: Codec<Era> = {
  info: typeInfo({kind: "variant", variants}, {path: "sp_runtime::generic::era::Era"}),
  typeName: "Era",
  encodeTo(value: Era, sink: Sink) {
    if (value.type === "Immortal") {
      sink.u8(0);
      return;
    }
    const exponent = Math.min(15, Math.max(1, Math.log2(value.period) - 1));
    sink.u16(exponent | ((value.phase / quantize(value.period)) << 4));
  },
  decodeFrom(source: Source): Era {
    const first = source.u8();
    if (first === 0) return IMMORTAL;
    const encoded = first | (source.u8() << 8);
    const period = 2 << (encoded & 15);
    const phase = (encoded >> 4) * quantize(period);
    if (period < 4 || phase >= period) source.fail("invalid-value", "not an era");
    return {type: "Mortal", period, phase};
  },
};
