import {type Codec, lazy, type TypeInfo, typeInfo} from "#codec";
import type {Call} from "./call.ts";
import type {Pallet} from "./pallet.ts";

/** A call of some pallet with its arguments, as decoded from an extrinsic. */
export interface RuntimeCall {
  readonly pallet: Pallet;
  readonly call: Call;
  readonly args: unknown;
}

/** The pallet's call enum as metadata shows it. */
export function callInfo(pallet: Pallet): TypeInfo {
  return typeInfo(
    {
      kind: "variant",
      get variants() {
        return (pallet.calls ?? []).map(({name, index, args, docs}) => ({
          name,
          index,
          fields: args.fields ?? [],
          docs: [docs],
        }));
      },
    },
    {
      path: `${pallet.crate}::pallet::Call`,
      params: [{name: "T", type: undefined}],
      docs: ["Contains a variant per dispatchable extrinsic that this pallet has."],
    },
  );
}

/**
 * The codec of any call of the runtime. Pallets whose calls carry calls (Utility, Sudo) refer to it before the
 * pallets are all known, hence the function.
 */
export function runtimeCallCodec(
  crate: string,
  pallets: () => readonly Pallet[],
): Codec<RuntimeCall> {
  return lazy("RuntimeCall", () => {
    const withCalls = pallets().filter(pallet => (pallet.calls ?? []).length > 0);
    const byIndex: {pallet: Pallet; calls: (Call | undefined)[]}[] = [];
    for (const pallet of withCalls) {
      const calls: (Call | undefined)[] = [];
      for (const call of pallet.calls ?? []) calls[call.index] = call;
      byIndex[pallet.index] = {pallet, calls};
    }
    const variants = withCalls.map(pallet => ({
      name: pallet.name,
      index: pallet.index,
      docs: [],
      fields: [
        {
          name: undefined,
          typeName: `CallableCallFor<${pallet.name}, Runtime>`,
          type: callInfo(pallet),
          docs: [],
        },
      ],
    }));
    return {
      typeName: "RuntimeCall",
      info: typeInfo({kind: "variant", variants}, {path: `${crate}::RuntimeCall`}),
      encodeTo(value, sink) {
        sink.u8(value.pallet.index);
        sink.u8(value.call.index);
        value.call.args.encodeTo(value.args, sink);
      },
      decodeFrom(source) {
        const palletIndex = source.u8();
        const found = byIndex[palletIndex];
        if (found === undefined) {
          return source.fail("invalid-value", `no pallet ${palletIndex} with calls`);
        }
        const callIndex = source.u8();
        const call = found.calls[callIndex];
        if (call === undefined) {
          return source.fail("invalid-value", `${found.pallet.name} has no call ${callIndex}`);
        }
        return {pallet: found.pallet, call, args: call.args.decodeFrom(source)};
      },
    };
  });
}
