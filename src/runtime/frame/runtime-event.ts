import {type Codec, lazy, variant} from "#codec";
import type {Pallet} from "./pallet.ts";

/** `{type: "Balances", value: {type: "Transfer", value: {from, to, amount}}}` */
export interface RuntimeEvent {
  readonly type: string;
  readonly value: {readonly type: string; readonly value: unknown};
}

/** The codec of any event of the runtime. */
export function runtimeEventCodec(
  crate: string,
  pallets: () => readonly Pallet[],
): Codec<RuntimeEvent> {
  return lazy("RuntimeEvent", () => {
    const cases = pallets().flatMap(({name, index, events}) =>
      events === undefined ? [] : [[name, [index, events] as const] as const],
    );
    const codec = variant(Object.fromEntries(cases), {path: `${crate}::RuntimeEvent`});
    return codec as unknown as Codec<RuntimeEvent>;
  });
}
