import {nearestName} from "#base";
import {type ChainDescription, camelCase, type PalletDescription} from "#description";

/**
 * That the chain has nothing of a name such as `Balances.transfer`, with the nearest that it has. `names`: those of a pallet among
 * which it would be.
 */
export function notFound(
  what: string,
  name: string,
  {pallets}: ChainDescription,
  names: (pallet: PalletDescription) => readonly string[],
): Error {
  const known = pallets.flatMap(pallet => names(pallet).map(one => `${pallet.name}.${one}`));
  const [pallet = "", rest = ""] = name.split(".");
  const own = known.filter(one => camelCase(one.split(".")[0]!) === camelCase(pallet));
  const inPallet = nearestName(
    rest,
    own.map(one => one.split(".")[1]!),
  );
  const nearest =
    inPallet === undefined
      ? nearestName(name, known)
      : own.find(one => one.endsWith(`.${inPallet}`));
  const hint =
    nearest !== undefined
      ? `did you mean ${nearest}?`
      : own.length > 0
        ? `the pallet has ${own.map(one => one.split(".")[1]).join(", ")}`
        : `the chain has the pallets ${pallets.map(one => one.name).join(", ")}`;
  return new Error(`there is no ${what} ${name}: ${hint}`);
}
