/** A type as Rust's source has it, paths cut to their last name: that is what metadata up to 13 has of types. */
export type TypeText =
  | {readonly kind: "name"; readonly name: string; readonly params: readonly TypeText[]}
  | {readonly kind: "tuple"; readonly elements: readonly TypeText[]}
  | {readonly kind: "array"; readonly element: TypeText; readonly length: number}
  | {readonly kind: "slice"; readonly element: TypeText};

/** Spaces and lifetimes mean nothing, wherever they are. */
const TOKEN = /\s+|'[a-z]+|(::|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[<>()[\],;&=])/y;
/** Deeper than any type that a person wrote. */
const MAX_DEPTH = 32;

/** Undefined for what is not a type in this grammar. */
export function parseTypeText(text: string): TypeText | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const type = parser.type();
  return parser.isAtEnd ? type : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  return tokens;
}

const isName = (token: string | undefined): token is string =>
  token !== undefined && /^[A-Za-z_]/.test(token);

/** Recursive descent; undefined is handed up from wherever the text is something else. */
class Parser {
  readonly #tokens: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  type(): TypeText | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined;
    this.#depth++;
    const type = this.#type();
    this.#depth--;
    return type;
  }

  #type(): TypeText | undefined {
    while (this.#takes("&"));
    if (this.#takes("(")) return this.#tuple();
    if (this.#takes("[")) return this.#array();
    if (this.#takes("<")) return this.#associated();
    return this.#path();
  }

  #tuple(): TypeText | undefined {
    const elements: TypeText[] = [];
    while (!this.#takes(")")) {
      const element = this.type();
      if (element === undefined) return undefined;
      elements.push(element);
      if (this.#takes(",")) continue;
      if (!this.#takes(")")) return undefined;
      // `(T)` is T in parentheses; `(T,)` is a tuple.
      return elements.length === 1 ? element : {kind: "tuple", elements};
    }
    return {kind: "tuple", elements};
  }

  #array(): TypeText | undefined {
    const element = this.type();
    if (element === undefined) return undefined;
    if (this.#takes("]")) return {kind: "slice", element};
    if (!this.#takes(";")) return undefined;
    const length = Number(this.#tokens[this.#next++]);
    const isLength = Number.isInteger(length) && length <= 0xffff_ffff;
    return isLength && this.#takes("]") ? {kind: "array", element, length} : undefined;
  }

  /** `<T::Lookup as StaticLookup>::Source`; the trait says nothing about what the type is. */
  #associated(): TypeText | undefined {
    const of = this.type();
    if (this.#takes("as") && this.type() === undefined) return undefined;
    if (of === undefined || !this.#takes(">") || !this.#takes("::")) return undefined;
    const path = this.#path();
    const isLookup = of.kind === "name" && of.name === "Lookup";
    return isLookup && path?.kind === "name" && path.name === "Source"
      ? {kind: "name", name: "LookupSource", params: []}
      : path;
  }

  #path(): TypeText | undefined {
    let name: string | undefined;
    do {
      name = this.#tokens[this.#next++];
      if (!isName(name)) return undefined;
    } while (this.#takes("::"));
    if (!this.#takes("<")) return {kind: "name", name, params: []};
    const params: TypeText[] = [];
    while (!this.#takes(">")) {
      const param = this.type();
      if (param === undefined) return undefined;
      params.push(param);
      if (!this.#takes(",") && this.#tokens[this.#next] !== ">") return undefined;
    }
    return {kind: "name", name, params};
  }
}
