import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";

/** Longer than the 40 seconds of silence after which polkadot-api drops a socket; nightly it is ten minutes. */
const SECONDS = Number(process.env.IDLE_SECONDS ?? 45);

/** A chain as slow as real ones, on which a client hears little. */
export const startSlowChain = (): Promise<KhalaProcess> =>
  startKhala(["dev", "--rpc-port=0", "--param=slot=12s"]);

export async function idle(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, SECONDS * 1_000));
}
