/**
 * Thrown where the Rust runtime panics: the block or call that caused it is unusable. Caught only at the runtime
 * seam, which turns it into a coded failure.
 */
export class RuntimeTrap extends Error {}

export function trap(message: string): never {
  throw new RuntimeTrap(message);
}
