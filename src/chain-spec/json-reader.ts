import {isLosslessNumber, type LosslessNumber} from "lossless-json";
import {type Hex, hexToBytes} from "#base";
import {MAX_U128} from "#codec";
import {decodeSs58} from "#crypto";

/** Where in a chain spec something is not as it must be. */
export interface SpecFailure {
  readonly code: "chain-spec-invalid";
  /** `genesis.runtimeGenesis.patch.session.keys[2][0]` */
  readonly key: string;
  readonly message: string;
}

/** Carries a `SpecFailure` to the one place that catches it, `parseChainSpec`. */
export class SpecError extends Error {
  readonly failure: SpecFailure;

  constructor(key: string, message: string) {
    super(`${key}: ${message}`);
    this.failure = {code: "chain-spec-invalid", key, message};
  }
}

/** A value in a JSON document that knows where it stands. */
export class JsonReader {
  readonly path: string;
  readonly value: unknown;

  constructor(value: unknown, path = "") {
    this.value = value;
    this.path = path;
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  fail(message: string): never {
    throw new SpecError(this.path === "" ? "(top)" : this.path, message);
  }

  child(key: string): JsonReader {
    const value = this.object()[key];
    return new JsonReader(value, this.path === "" ? key : `${this.path}.${key}`);
  }

  object(): Record<string, unknown> {
    const {value} = this;
    if (
      typeof value !== "object" ||
      value === null ||
      Array.isArray(value) ||
      isLosslessNumber(value)
    ) {
      return this.fail("expected an object");
    }
    return value as Record<string, unknown>;
  }

  /** Refuses keys other than these: a misspelt key must not be silently without effect. */
  onlyKeys(keys: readonly string[]): void {
    for (const key of Object.keys(this.object())) {
      if (!keys.includes(key)) {
        this.child(key).fail(`unknown key; known are ${keys.join(", ")}`);
      }
    }
  }

  list(): JsonReader[] {
    if (!Array.isArray(this.value)) return this.fail("expected a list");
    return this.value.map((item, i) => new JsonReader(item, `${this.path}[${i}]`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.fail("expected a text");
  }

  /** A number as its digits, or a text of digits: both without loss. */
  digits(): string {
    if (isLosslessNumber(this.value)) return (this.value as LosslessNumber).value;
    if (typeof this.value === "string") return this.value;
    return this.fail("expected a number, or a number as text");
  }

  balance(): bigint {
    const digits = this.digits();
    if (!/^\d+$/.test(digits)) return this.fail(`expected planck, found ${digits}`);
    const planck = BigInt(digits);
    return planck <= MAX_U128
      ? planck
      : this.fail(`${digits} is more than a balance can hold (u128, at most 2^128 - 1)`);
  }

  account(): Uint8Array {
    const text = this.text();
    if (text.startsWith("0x")) {
      const bytes = hexToBytes(text as Hex);
      return bytes?.length === 32 ? bytes : this.fail("expected 32 bytes of hex");
    }
    const decoded = decodeSs58(text);
    if (!decoded.ok) return this.fail(`${text} is not an SS58 address (${decoded.error.code})`);
    return decoded.value.bytes.length === 32
      ? decoded.value.bytes
      : this.fail(`${text} is not the address of a 32-byte account`);
  }

  hex(): Uint8Array {
    return hexToBytes(this.text()) ?? this.fail("expected 0x and an even number of hex digits");
  }
}
