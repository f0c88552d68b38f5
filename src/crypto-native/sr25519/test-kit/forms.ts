import {hasVectors, type Kernels, loadKernels} from "../kernels/load-kernels.ts";
import {type KernelForm, writeKernels} from "../kernels/write-module.ts";

const written = new Map<KernelForm, WebAssembly.Module>();

/** Both forms where the machine has vectors, as all do that run these tests in earnest. */
export const FORMS: readonly KernelForm[] = hasVectors() ? ["vector", "scalar"] : ["scalar"];

/** An instance of its own. */
export function kernelsOf(form: KernelForm): Kernels {
  let module = written.get(form);
  if (module === undefined) {
    module = new WebAssembly.Module(writeKernels(form));
    written.set(form, module);
  }
  return loadKernels(module);
}
