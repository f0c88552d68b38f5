import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {type Block, executeBlock} from "#runtime-api";
import {createWasmEngine} from "#wasm-runtime";
import {explainTraps, TrapLog} from "../../src/node/traps/index.ts";
import {GenuineChain, hashing, signatures} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";

const lines: string[] = [];
const log = new TrapLog(new VirtualClock(millis(0)), {
  log: (_level, _target, message) => void lines.push(message),
});
const engine = explainTraps(createWasmEngine({hashing, signatures}), {hashing, log});
const chain = new GenuineChain(await knownChain("rococo_v2_2_asset_hub"), {engine});

/** A block that says the time twice, which pallet-timestamp panics over. */
function spoilt(): Block {
  const {block} = chain.makeBlock(Math.floor(1_700_000_000_000 / chain.slotDuration));
  const timestamp = block.extrinsics.find(one => one.length < 20)!;
  return {...block, extrinsics: [...block.extrinsics, timestamp]};
}

test("a panic of a genuine runtime is told with its words, its own stack, the extrinsic and what it had read", () => {
  const executed = executeBlock(chain.runtime, chain.host(chain.head.state), spoilt());
  assert.ok(!executed.ok && executed.error.code === "trap");
  const {message, facts = []} = executed.error;
  assert.match(
    message,
    /^panicked at 'Timestamp must be updated only once in the block'.*\.rs:\d+:\d+$/,
  );
  const about = Object.fromEntries(facts);
  assert.match(about.extrinsic!, /^2: Timestamp\.set \(0x[0-9a-f]{64}\)$/);
  assert.match(about.storage!, /^read Timestamp\.DidUpdate/);
  const frames = about.stack!.split(" < ");
  assert.doesNotMatch(frames[0]!, /panic/);
  assert.ok(
    frames.some(name => /statemine_runtime::Call as .*::dispatch$/.test(name)),
    about.stack,
  );
  assert.match(lines[0]!, /^runtime-trapped: Core_execute_block: panicked at 'Timestamp/);
  assert.match(lines[0]!, /\n {2}do +\S/);
});
