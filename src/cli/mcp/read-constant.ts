import {readConstant as readNamed} from "#description";
import type {ChainReader} from "./chain-reader.ts";
import {notThere, palletOf} from "./named-parts.ts";
import {readableValue} from "./readable-value.ts";
import {reading} from "./reading-tool.ts";
import type {Tool} from "./tool.ts";

/** `read_constant` */
export const readConstant = (reader: ChainReader): Tool => ({
  name: "read_constant",
  description: "Reads a constant of the runtime by its name, decoded.",
  ...reading(
    {name: {type: "string", description: "Pallet.Name, e.g. Balances.ExistentialDeposit"}},
    "name",
  ),
  async call({name}) {
    const runtime = await reader.runtimeAt(await reader.hashOf(undefined));
    const {description} = runtime;
    const [palletName = "", constant = ""] = String(name).split(".");
    const pallet = palletOf(description, palletName);
    const found = pallet.constants.find(one => one.name === constant);
    const value = readNamed(description, String(name));
    if (found === undefined || !value.ok) {
      throw notThere(
        "constant",
        String(name),
        pallet.constants.map(one => one.name),
      );
    }
    return readableValue(found.type, value.value, await reader.addresses(runtime));
  },
});
