import {nearestName} from "#base";
import {camelCase} from "#description";

/**
 * That the chain has nothing of a name such as `Balances.transfer`, with the nearest that it has. `known`: all that it has of the kind,
 * in groups such as pallets.
 */
export function notFound(
  what: string,
  name: string,
  known: readonly string[],
  group = "pallet",
): Error {
  const [pallet = "", ...rest] = name.split(".");
  const own = known.filter(one => camelCase(one.split(".")[0]!) === camelCase(pallet));
  const inPallet = nearestName(
    rest.join("."),
    own.map(one => one.split(".")[1]!),
  );
  const nearest =
    inPallet === undefined
      ? nearestName(name, known)
      : own.find(one => one.endsWith(`.${inPallet}`));
  const groups = [...new Set(known.map(one => one.split(".")[0]))];
  const hint =
    nearest !== undefined
      ? `did you mean ${nearest}?`
      : own.length > 0
        ? `the ${group} has ${own.map(one => one.split(".")[1]).join(", ")}`
        : `the chain has the ${group}s ${groups.join(", ")}`;
  return new Error(`there is no ${what} ${name}: ${hint}`);
}
