/** The part of WebAssembly's JavaScript interface that we use: it is in none of TypeScript's libraries but the browser's. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  class Module {
    constructor(bytes: Uint8Array);
    static imports(
      module: Module,
    ): {readonly module: string; readonly name: string; readonly kind: string}[];
    static exports(module: Module): {readonly name: string; readonly kind: string}[];
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    /** In pages of 64 KiB. */
    constructor(size: {initial: number; maximum?: number});
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; throws where the engine has no more. */
    grow(pages: number): number;
  }
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  class LinkError extends Error {}
  function validate(bytes: Uint8Array): boolean;
  /** Compiles on other threads; rejects with a `CompileError`. */
  function compile(bytes: Uint8Array): Promise<Module>;
}
