import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {inflateSync} from "node:zlib";
import {hasVectors} from "./sr25519/kernels/load-kernels.ts";
import {writeKernels} from "./sr25519/kernels/write-module.ts";

let schnorrkel: WebAssembly.Module | undefined;
let secp256k1: WebAssembly.Module | undefined;
let sr25519: WebAssembly.Module | undefined;

/**
 * schnorrkel compiled to WebAssembly, taken from its package without the JavaScript around it: see
 * `SchnorrkelInstance` for why.
 */
export function schnorrkelModule(): WebAssembly.Module {
  schnorrkel ??= compile("schnorrkel.wasm", packagedSchnorrkel);
  return schnorrkel;
}

/** libsecp256k1, in the WebAssembly that polkadot.js has of Substrate's cryptography. */
export function secp256k1Module(): WebAssembly.Module {
  secp256k1 ??= compile("secp256k1.wasm", packagedSecp256k1);
  return secp256k1;
}

/** Arithmetic of our own, with vectors where this machine has them. */
export function sr25519Module(): WebAssembly.Module {
  const form = hasVectors() ? "vector" : "scalar";
  sr25519 ??= compile(`sr25519-${form}.wasm`, () => writeKernels(form));
  return sr25519;
}

/** The build puts binaries beside the bundle; a program that runs from source takes them from their packages, or writes them. */
function compile(name: string, packaged: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return new WebAssembly.Module(
    import.meta.url.endsWith(".ts")
      ? packaged()
      : readFileSync(new URL(`./${name}`, import.meta.url)),
  );
}

/** The package exports its script only, and the binary lies beside that. */
function packagedSchnorrkel(): Uint8Array<ArrayBuffer> {
  const script = createRequire(import.meta.url).resolve("@polkadot-labs/schnorrkel-wasm");
  return readFileSync(join(dirname(script), "schnorrkel_bg.wasm"));
}

/** The package has the binary as a script with a text in base64 of what zlib made of it. */
function packagedSecp256k1(): Uint8Array<ArrayBuffer> {
  const script = createRequire(import.meta.url)("@polkadot/wasm-crypto-wasm/cjs/bytes");
  return inflateSync(Buffer.from(script.bytes, "base64"));
}
