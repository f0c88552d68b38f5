/** `npm run bench [NAME…]`: see README.md for the method. Prints each figure as it is measured. */
import {availableParallelism} from "node:os";
import {benchAuthorities} from "./authorities.ts";
import {benchBlocks, benchEmptyBlocks} from "./blocks.ts";
import {benchEndToEnd, benchStart} from "./end-to-end.ts";
import {type Figure, machine, printFigure} from "./figure.ts";
import {benchGenuine} from "./genuine.ts";
import {benchHops} from "./hops.ts";
import {benchHostile} from "./hostile.ts";
import {benchHostileClients} from "./hostile-clients.ts";
import {benchLargeState} from "./large-state.ts";
import {benchNet} from "./net.ts";
import {profilePath} from "./path-profile.ts";
import {benchPruning} from "./pruning.ts";
import {benchRehearsal} from "./rehearsal.ts";
import {benchRpc} from "./rpc.ts";
import {benchBatches, benchSignatures} from "./signatures.ts";
import {benchSnapshot} from "./snapshot.ts";
import {benchSoak} from "./soak.ts";
import {benchState} from "./state.ts";
import {benchSync} from "./sync.ts";
import {benchTestKit} from "./test-kit.ts";

const cores = Math.min(4, availableParallelism());
const given = process.argv.slice(2);
/** `end-to-end --profile`: where the time of one transaction goes. */
const isProfile = given.includes("--profile");
const wanted = given.filter(name => !name.startsWith("--"));
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
const print = (figures: readonly Figure[]) => figures.forEach(printFigure);
const PRUNED_BLOCKS = Number(process.env.BENCH_BLOCKS ?? 10_000);
const STATE_SIZES = (process.env.BENCH_SIZES ?? "3000,1000000,10000000").split(",").map(Number);
const STATE_DEPTH = Number(process.env.BENCH_DEPTH ?? 10_000);
const SOAK_MINUTES = Number(process.env.BENCH_SOAK_MINUTES ?? 60);
const LARGE = Number(process.env.BENCH_ACCOUNTS ?? 1_000_000);

process.stdout.write(`${machine()}\n`);
const signatures = await benchSignatures(cores);
print(signatures.figures);
if (isWanted("signatures")) print(await benchBatches());
let authored = 0;
if (isWanted("blocks") || isWanted("end-to-end")) {
  const blocks = await benchBlocks(cores);
  authored = blocks.authored;
  print(blocks.figures);
}
if (isWanted("end-to-end")) {
  // Each core spends its time on checking a signature or on executing a transfer, if nothing else cost anything.
  const perCore = signatures.perSecond / cores;
  const limit = cores / (1 / perCore + 1 / authored);
  print(await benchEndToEnd(authored, limit));
  if (isProfile) await profilePath();
}
if (isWanted("empty")) print(await benchEmptyBlocks(cores));
if (isWanted("start")) print(await benchStart());
if (isWanted("hostile")) {
  for await (const figures of benchHostileClients()) print(figures);
  print(await benchHostile());
}
if (isWanted("rpc")) print(await benchRpc());
if (isWanted("sync")) print(await benchSync(cores));
if (isWanted("large")) print(await benchLargeState(cores, LARGE));
if (isWanted("state")) {
  for await (const figures of benchState(cores, STATE_SIZES, STATE_DEPTH)) print(figures);
}
if (isWanted("pruning")) print(await benchPruning(cores, PRUNED_BLOCKS));
// An hour is not for who wants all of them.
if (wanted.includes("soak")) print(await benchSoak(cores, SOAK_MINUTES));
if (isWanted("snapshot")) print(await benchSnapshot(LARGE));
if (isWanted("net")) print(await benchNet());
if (isWanted("hops")) print(await benchHops());
if (isWanted("authorities")) print(await benchAuthorities());
if (isWanted("genuine")) print(await benchGenuine());
if (isWanted("rehearsal")) print(await benchRehearsal());
if (isWanted("test-kit")) print(await benchTestKit());
