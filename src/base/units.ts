/** Units that must not be mixed up. A brand costs nothing at run time; the constructors are the only casts. */
declare const unit: unique symbol;
type Branded<T, Name extends string> = T & {readonly [unit]: Name};

/** Unix time or a span of it, in milliseconds. */
export type Millis = Branded<number, "Millis">;
/** An Aura slot number: unix milliseconds divided by the slot duration. */
export type Slot = Branded<number, "Slot">;
/** Height of a block, u32. */
export type BlockNumber = Branded<number, "BlockNumber">;
/** Planck, the smallest unit of the token, u128. */
export type Balance = bigint;

export const millis = (value: number): Millis => value as Millis;
export const slot = (value: number): Slot => value as Slot;
export const blockNumber = (value: number): BlockNumber => value as BlockNumber;
