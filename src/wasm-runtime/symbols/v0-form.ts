/** Types of one letter (rustc, "v0" symbol mangling, RFC 2603). */
const BASIC: Readonly<Record<string, string>> = {
  a: "i8",
  b: "bool",
  c: "char",
  d: "f64",
  e: "str",
  f: "f32",
  h: "u8",
  i: "isize",
  j: "usize",
  l: "i32",
  m: "u32",
  n: "i128",
  o: "u128",
  p: "_",
  s: "i16",
  t: "u16",
  u: "()",
  v: "...",
  x: "i64",
  y: "u64",
  z: "!",
};
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** A name may refer back to a part of itself, and so be long beyond measure: parts that are read at most. */
const MOST_PARTS = 4_000;
const DEEPEST = 100;

/** `_RNvCs4fqI2P2rA04_4core5panic`, read; undefined for what is no name of this form. */
export function readV0(symbol: string): string | undefined {
  const body = /^_?_R(?=[A-Z])/.exec(symbol);
  if (body === null) return undefined;
  try {
    return new V0Reader(symbol.slice(body[0].length)).path(false);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

class V0Reader {
  readonly #text: string;
  #at = 0;
  #parts = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `inType`: generic parameters follow the name at once, as `Vec<u8>` has them; in a path of values after `::`. */
  path(inType: boolean): string {
    return this.#nested(() => {
      const kind = this.#next();
      switch (kind) {
        case "C":
          return this.#identifier().name;
        case "M":
          this.#disambiguator();
          this.path(false);
          return `<${this.type()}>`;
        case "X":
          this.#disambiguator();
          this.path(false);
          return `<${this.type()} as ${this.path(true)}>`;
        case "Y":
          return `<${this.type()} as ${this.path(true)}>`;
        case "N":
          return this.#named(inType);
        case "I":
          return `${this.path(inType)}${inType ? "" : "::"}<${this.#until(() => this.#argument())}>`;
        case "B":
          return this.#back(() => this.path(inType));
        default:
          throw new Unreadable();
      }
    });
  }

  #named(inType: boolean): string {
    const space = this.#next();
    const outer = this.path(inType);
    const {name, number} = this.#identifier();
    if (/[a-z]/.test(space)) return name === "" ? outer : `${outer}::${name}`;
    const kind = space === "C" ? "closure" : space === "S" ? "shim" : space;
    return `${outer}::{${kind}${name === "" ? "" : `:${name}`}#${number}}`;
  }

  type(): string {
    return this.#nested(() => {
      const kind = this.#next();
      const basic = BASIC[kind];
      if (basic !== undefined) return basic;
      switch (kind) {
        case "A":
          return `[${this.type()}; ${this.#constant()}]`;
        case "S":
          return `[${this.type()}]`;
        case "T":
          return `(${this.#until(() => this.type())})`;
        case "R":
        case "Q":
          if (this.#skip("L")) this.#number();
          return `&${kind === "Q" ? "mut " : ""}${this.type()}`;
        case "P":
          return `*const ${this.type()}`;
        case "O":
          return `*mut ${this.type()}`;
        case "F":
          return this.#function();
        case "D":
          return this.#object();
        case "B":
          return this.#back(() => this.type());
        default:
          this.#at--;
          return this.path(true);
      }
    });
  }

  #function(): string {
    if (this.#skip("G")) this.#number();
    const unsafe = this.#skip("U") ? "unsafe " : "";
    const abi = this.#skip("K") ? `extern "${this.#skip("C") ? "C" : this.#plain()}" ` : "";
    const params = this.#until(() => this.type());
    const result = this.type();
    return `${unsafe}${abi}fn(${params})${result === "()" ? "" : ` -> ${result}`}`;
  }

  #object(): string {
    if (this.#skip("G")) this.#number();
    const traits = this.#until(() => {
      const bindings: string[] = [];
      const of = this.path(true);
      while (this.#skip("p")) bindings.push(`${this.#plain()} = ${this.type()}`);
      return bindings.length === 0 ? of : `${of}<${bindings.join(", ")}>`;
    }, " + ");
    if (!this.#skip("L")) throw new Unreadable();
    this.#number();
    return `dyn ${traits}`;
  }

  #argument(): string {
    if (this.#skip("L")) {
      this.#number();
      return "'_";
    }
    return this.#skip("K") ? this.#constant() : this.type();
  }

  #constant(): string {
    return this.#nested(() => {
      if (this.#skip("B")) return this.#back(() => this.#constant());
      const type = BASIC[this.#next()];
      if (type === undefined) throw new Unreadable();
      if (type === "_") return "_";
      const sign = this.#skip("n") ? "-" : "";
      const digits = /^[0-9a-f]*/.exec(this.#text.slice(this.#at))![0];
      this.#at += digits.length;
      if (!this.#skip("_")) throw new Unreadable();
      const value = BigInt(`0x${digits === "" ? "0" : digits}`);
      if (type === "bool") return value === 0n ? "false" : "true";
      return `${sign}${value}`;
    });
  }

  #identifier(): {readonly name: string; readonly number: number} {
    const number = this.#disambiguator();
    return {name: this.#plain(), number};
  }

  /** A name; one that is not ASCII is left in Punycode. */
  #plain(): string {
    const isPunycode = this.#skip("u");
    const length = /^(?:0|[1-9][0-9]{0,4})/.exec(this.#text.slice(this.#at, this.#at + 5))?.[0];
    if (length === undefined) throw new Unreadable();
    this.#at += length.length;
    this.#skip("_");
    const name = this.#text.slice(this.#at, this.#at + Number(length));
    if (name.length < Number(length)) throw new Unreadable();
    this.#at += name.length;
    return isPunycode ? `punycode{${name}}` : name;
  }

  #disambiguator(): number {
    return this.#skip("s") ? this.#number() + 1 : 0;
  }

  /** In base 62: `_` is nought, `0_` is one. Those that tell crates apart are of 64 bits, and not told. */
  #number(): number {
    if (this.#skip("_")) return 0;
    let value = 0;
    for (let character = this.#next(); character !== "_"; character = this.#next()) {
      const digit = DIGITS.indexOf(character);
      if (digit < 0) throw new Unreadable();
      value = value * 62 + digit;
    }
    return value + 1;
  }

  /** Reads what stands earlier once more. Only back, so that it ends. */
  #back(read: () => string): string {
    const here = this.#at - 1;
    const target = this.#number();
    if (target >= here) throw new Unreadable();
    const after = this.#at;
    this.#at = target;
    const text = read();
    this.#at = after;
    return text;
  }

  #until(read: () => string, separator = ", "): string {
    const parts: string[] = [];
    while (!this.#skip("E")) parts.push(read());
    return parts.join(separator);
  }

  #nested(read: () => string): string {
    if (++this.#parts > MOST_PARTS || ++this.#depth > DEEPEST) throw new Unreadable();
    const text = read();
    this.#depth--;
    return text;
  }

  #next(): string {
    const character = this.#text[this.#at++];
    if (character === undefined) throw new Unreadable();
    return character;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}
