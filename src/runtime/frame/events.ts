import {type Codec, type StructOf, struct, variant} from "#codec";
import type {Externalities} from "#state";

type FieldCodecs = Readonly<Record<string, Codec<never> | Codec<unknown>>>;
/** index in the pallet, fields, documentation */
export type EventDeclaration = readonly [index: number, fields: FieldCodecs, docs: string];

/** Deposits one kind of event. */
export type Depositor<F> = (state: Externalities, fields: StructOf<F>) => void;

/** Takes an event (pallet index, event index, fields, as the codec writes them) into the block's list. */
export type EventSink = <T>(state: Externalities, event: Codec<T>, value: T) => void;

export function createDepositors<E extends Readonly<Record<string, EventDeclaration>>>(
  declarations: E,
  palletIndex: number,
  sink: EventSink,
): {[K in keyof E]: Depositor<E[K][1]>} {
  const depositors: Record<string, Depositor<FieldCodecs>> = {};
  for (const [name, [index, fields]] of Object.entries(declarations)) {
    const codec = struct(fields);
    const event: Codec<StructOf<FieldCodecs>> = {
      ...codec,
      encodeTo(value, out) {
        out.u8(palletIndex);
        out.u8(index);
        codec.encodeTo(value, out);
      },
    };
    depositors[name] = (state, value) => sink(state, event, value);
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
