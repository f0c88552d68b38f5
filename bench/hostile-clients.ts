/**
 * Hostile clients of a node's RPC (the built program, preset dev), from a process of their own in one way after the
 * other, each on a node that has just started; meanwhile an honest client makes a small call every 20 ms.
 */
import {spawn} from "node:child_process";
import {once} from "node:events";
import {dirname, join} from "node:path";
import {setTimeout as pause} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {startKhala} from "../tests/support/khala-process.ts";
import type {Figure} from "./figure.ts";
import {underAttack} from "./under-attack.ts";

const SLOT = 500;
/** Milliseconds of each attack. */
const SPAN = 15_000;
const CLIENTS = join(dirname(fileURLToPath(import.meta.url)), "client-attacks.ts");

const ATTACKS = [
  "one-byte chunks",
  "large messages that end together",
  "large messages of small values",
  "followers of many keys",
  "slow bodies",
  "answers that nobody reads",
];

/** Figures of one attack after the other. */
export async function* benchHostileClients(): AsyncGenerator<Figure[]> {
  for (const name of ATTACKS.filter(each => each.includes(process.env.BENCH_ATTACK ?? ""))) {
    const node = await startKhala(["dev", "--rpc-port=0", "--port=0", `--param=slot=${SLOT}ms`]);
    await pause(2_000);
    const args = ["--import", "tsx", CLIENTS, node.url, name, String(SPAN)];
    const clients = spawn(process.execPath, args, {stdio: "inherit"});
    const attack = once(clients, "exit");
    yield await underAttack(node, {name: `(p) ${name}`, slot: SLOT}, attack);
    await node.stop();
  }
}
