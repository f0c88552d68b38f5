import {type ReadWeight, readConstant, type StateReader, weightFrom} from "#description";

/** What a block weighs, all classes of calls together. */
export interface BlockWeight {
  /** Picoseconds on the machine that weights were measured on. */
  readonly refTime: bigint;
  /** Bytes; undefined in runtimes that do not count them. */
  readonly proofSize: bigint | undefined;
  /** What it may weigh; undefined where the runtime does not say it in a form that is known. */
  readonly most: {readonly refTime: bigint; readonly proofSize: bigint | undefined} | undefined;
}

/** Undefined where the state after a block does not say it in a form that is known. */
export function readBlockWeight(reader: StateReader): BlockWeight | undefined {
  const classes = reader.read("System.BlockWeight");
  if (typeof classes !== "object" || classes === null) return undefined;
  const weights = Object.values(classes).map(weightFrom);
  if (weights.some(weight => weight === undefined)) return undefined;
  const sum = (pick: (weight: ReadWeight) => bigint | undefined): bigint | undefined =>
    weights.reduce<bigint | undefined>((all, weight) => {
      const one = pick(weight!);
      return all === undefined || one === undefined ? undefined : all + one;
    }, 0n);
  const limits = readConstant(reader.description, "System.BlockWeights");
  const most = limits.ok ? weightFrom((limits.value as {maxBlock?: unknown}).maxBlock) : undefined;
  return {refTime: sum(({refTime}) => refTime)!, proofSize: sum(({proofSize}) => proofSize), most};
}
