/**
 * A process of its own, since an engine that has compiled a module once has it: how long from the text of a chain spec to the
 * first block of its runtime, in milliseconds, printed. `node --import tsx bench/genuine-start.ts FILE`.
 */
import {readFileSync} from "node:fs";
import process from "node:process";
import {GenuineChain} from "../tests/genuine/support/genuine-chain.ts";

const text = readFileSync(process.argv[2]!, "utf8");
const began = performance.now();
const chain = new GenuineChain(text);
chain.importBlock(chain.makeBlock(Math.floor(1_700_000_000_000 / chain.slotDuration)).block);
process.stdout.write(String(performance.now() - began));
