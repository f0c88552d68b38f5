import {type Codec, Sink, type StructOf, struct, variant} from "#codec";
import type {Externalities} from "#state";

type FieldCodecs = Readonly<Record<string, Codec<never> | Codec<unknown>>>;
/** index in the pallet, fields, documentation */
export type EventDeclaration = readonly [index: number, fields: FieldCodecs, docs: string];

/** Deposits one kind of event. */
export type Depositor<F> = (state: Externalities, fields: StructOf<F>) => void;

/** Takes an encoded event (pallet index, event index, fields) into the block's list. */
export type EventSink = (state: Externalities, event: Uint8Array) => void;

export function createDepositors<E extends Readonly<Record<string, EventDeclaration>>>(
  declarations: E,
  palletIndex: number,
  sink: EventSink,
): {[K in keyof E]: Depositor<E[K][1]>} {
  const depositors: Record<string, Depositor<FieldCodecs>> = {};
  for (const [name, [index, fields]] of Object.entries(declarations)) {
    const codec = struct(fields);
    depositors[name] = (state, value) => {
      const out = new Sink(96);
      out.u8(palletIndex);
      out.u8(index);
      codec.encodeTo(value, out);
      sink(state, out.finish());
    };
  }
  return depositors as {[K in keyof E]: Depositor<E[K][1]>};
}

/** The pallet's event enum, as metadata shows it and as readers of `System.Events` decode it. */
export function eventCodec(
  crate: string,
  declarations: Readonly<Record<string, EventDeclaration>>,
): Codec<unknown> {
  const cases = Object.entries(declarations).map(([name, [index, fields, docs]]) => [
    name,
    [index, struct(fields), docs] as const,
  ]);
  const codec = variant(Object.fromEntries(cases), {
    path: `${crate}::pallet::Event`,
    params: [{name: "T", type: undefined}],
    docs: ["The `Event` enum of this pallet"],
  });
  return codec as Codec<unknown>;
}
