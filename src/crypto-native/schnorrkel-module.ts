import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

let compiled: WebAssembly.Module | undefined;

/**
 * schnorrkel compiled to WebAssembly, taken from its package without the JavaScript around it: see
 * `SchnorrkelInstance` for why. The package exports its script only, and the binary lies beside that.
 */
export function schnorrkelModule(): WebAssembly.Module {
  if (compiled === undefined) {
    const script = createRequire(import.meta.url).resolve("@polkadot-labs/schnorrkel-wasm");
    compiled = new WebAssembly.Module(readFileSync(join(dirname(script), "schnorrkel_bg.wasm")));
  }
  return compiled;
}
