import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type KhalaProcess, runKhala, startKhala} from "./khala-process.ts";
import {rpc} from "./rpc.ts";

/** Sessions that a test can wait for. */
const PARAMETERS = [
  "--param=slot=250ms",
  "--param=session=8",
  "--param=desired=2",
  // On a busy machine slots so short are missed for longer than a session: nobody is to be kicked for that here.
  "--param=kick=400",
];

/** A chain that Alice authors, and a second node that collates for nobody yet, with a fresh base path. */
export interface DeskChain {
  readonly folder: string;
  readonly basePath: string;
  readonly alice: KhalaProcess;
  readonly node: KhalaProcess;
  /** Runs a command to its end, with a state folder of its own. */
  run(args: readonly string[], stdin?: string): ReturnType<typeof runKhala>;
  /** A file that holds a secret, for its owner only. */
  secretFile(name: string, secret: string): string;
  stop(): Promise<void>;
}

export async function startDeskChain(extra: readonly string[] = []): Promise<DeskChain> {
  const folder = mkdtempSync(join(tmpdir(), "khala-desk-"));
  const common = [...PARAMETERS, "--rpc-port=0", "--port=0", "--no-prometheus"];
  const alice = await startKhala(["dev", `--base-path=${join(folder, "alice")}`, ...common]);
  const [address] = (await rpc(alice.url, "system_localListenAddresses", [])) as string[];
  const basePath = join(folder, "node");
  const node = await startKhala([
    "--chain=dev",
    "--collator",
    `--base-path=${basePath}`,
    `--bootnodes=${address}`,
    ...common,
    ...extra,
  ]);
  await untilSynced(node.url);
  return {
    folder,
    basePath,
    alice,
    node,
    run: (args, stdin) =>
      runKhala(args, {
        ...(stdin === undefined ? {} : {stdin}),
        env: {XDG_STATE_HOME: join(folder, "state")},
      }),
    secretFile(name, secret) {
      const file = join(folder, name);
      writeFileSync(file, `${secret}\n`, {mode: 0o600});
      return file;
    },
    async stop() {
      await Promise.all([alice.stop(), node.stop()]);
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** At the head, and long enough there to have compared its clock with others' blocks. */
async function untilSynced(url: string): Promise<void> {
  for (;;) {
    const {peers, isSyncing} = (await rpc(url, "system_health", [])) as {
      peers: number;
      isSyncing: boolean;
    };
    const {number} = (await rpc(url, "chain_getHeader", [])) as {number: string};
    const {clock} = (await rpc(url, "collator_status", [])) as {clock: {offset?: number}};
    if (peers > 0 && !isSyncing && Number(number) > 0 && clock.offset !== undefined) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
