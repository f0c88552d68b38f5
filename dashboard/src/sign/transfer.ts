import {joined} from "../chain/bytes.ts";
import {type ChainRuntime, hasCall, runtimeAt} from "../chain/runtime.ts";

/** In the order of preference: one that leaves the sender alive; the second is its name until 2022. */
const TRANSFERS = ["transfer_keep_alive", "transfer_allow_death", "transfer"];

/** How this runtime sends amounts; undefined where it has no such call. */
export const transferName = (runtime: ChainRuntime): string | undefined =>
  TRANSFERS.find(each => hasCall(runtime, "Balances", each));

/** An amount in the smallest unit to an address of this chain. */
export async function transferCall(address: string, amount: bigint): Promise<Uint8Array> {
  const runtime = await runtimeAt();
  const name = transferName(runtime);
  if (name === undefined) throw new Error("this chain has no call that sends an amount");
  const {codec, location} = runtime.builder.buildCall("Balances", name);
  return joined(
    Uint8Array.from(location),
    codec.enc({dest: destinationOf(address, name, runtime), value: amount}),
  );
}

/** `MultiAddress::Id`, or the bare account that older runtimes take. */
function destinationOf(address: string, name: string, {metadata, lookup}: ChainRuntime): unknown {
  const calls = metadata.pallets.find(each => each.name === "Balances")!.calls!;
  const all = lookup(calls.type);
  const call = all.type === "enum" ? all.value[name] : undefined;
  const dest = call?.type === "struct" ? call.value.dest : undefined;
  return dest?.type === "enum" && "Id" in dest.value ? {type: "Id", value: address} : address;
}
