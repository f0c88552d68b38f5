/**
 * A number that its type cannot hold was to be written. Whoever takes numbers from outside refuses them by their place
 * before they get here; what a runtime computes ends the call as a trap, as an overflow that is checked does in Rust.
 */
export class OutOfRange extends RangeError {
  constructor(value: unknown, name: string) {
    super(`${String(value)} is no ${name}`);
  }
}
