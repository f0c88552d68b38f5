// Makes the compact copy of the recorded blocks that the tests read: node tests/vectors/pack.js FROM
// Keeps what is compared (bytes, results, storage) and drops what is only told again for people.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {brotliCompressSync, constants} from "node:zlib";

const from = process.argv[2];
const to = join(dirname(fileURLToPath(import.meta.url)), "data");

function diffOf(before, after) {
  const diff = {};
  for (const pallet of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[pallet] ?? {};
    const now = after[pallet] ?? {};
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      if (old[key] === now[key]) continue;
      diff[pallet] ??= {};
      diff[pallet][key] = now[key] ?? null;
    }
  }
  return diff;
}

function apply(before, diff) {
  const after = structuredClone(before);
  for (const [pallet, changes] of Object.entries(diff)) {
    after[pallet] ??= {};
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) delete after[pallet][key];
      else after[pallet][key] = value;
    }
  }
  return after;
}

/** System's Events, EventCount and ExtrinsicData: what they hold is in the file already. */
const TOLD_ELSEWHERE = [
  "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7",
  "0x26aa394eea5630e07c48ae0c9558cef70a98fdbe9ce6c55837576c60c7af3850",
  "0x26aa394eea5630e07c48ae0c9558cef7df1daeb8986837f21cc5d17596bb78d1",
];

/** What each phase of a block but the last changed: the state after that one is the block's. */
function packPhases({phases, extrinsics}) {
  const [initialize, ...rest] = phases.map(({diff}) =>
    Object.fromEntries(diff.filter(([key]) => !TOLD_ELSEWHERE.some(item => key.startsWith(item)))),
  );
  if (initialize === undefined) return {initialize: undefined, ofExtrinsic: () => undefined};
  const executed = extrinsics.filter(x => x.inherent || (x.result && x.included !== false));
  if (executed.length !== rest.length - 1) throw new Error("extrinsics and phases do not match");
  return {initialize, ofExtrinsic: x => rest[executed.indexOf(x)]};
}

/** Blocks without transactions that were executed and not recorded in full. */
function packStepped({steppedBlocks, blocks}) {
  const recorded = new Set(blocks.map(({number}) => number));
  let parentHash;
  return steppedBlocks?.flatMap(([number, slot, , hash]) => {
    const block = {number, slot, parentHash};
    parentHash = hash;
    return recorded.has(number) ? [] : [block];
  });
}

function packBlocks(vector, runtimeHasForeignEvents) {
  let storage = vector.genesis.storage;
  return vector.blocks.map(block => {
    const isStored = block.storage !== undefined || block.storageDiff !== undefined;
    const after = isStored ? (block.storage ?? apply(storage, block.storageDiff)) : storage;
    const diff = isStored ? diffOf(storage, after) : undefined;
    storage = after;
    const {number, slot, timestamp, preRuntimeDigest, extrinsics, header, eventsRaw, events} =
      block;
    const {initialize, ofExtrinsic} = packPhases(block);
    return {
      number,
      slot,
      timestamp,
      preRuntimeDigest,
      parentHash: header.parentHash,
      extrinsics: extrinsics.map(x => ({
        inherent: x.inherent,
        hex: x.hex,
        note: x.note,
        method: x.method === undefined ? undefined : `${x.module}.${x.method}`,
        feeDetailsRaw: x.fee?.feeDetailsRaw,
        infoRaw: x.fee?.infoRaw,
        encodedLength: x.encodedLength,
        validate: x.validateTransaction && {
          source: x.validateTransaction.source,
          raw: x.validateTransaction.raw,
        },
        result: x.result && {raw: x.result.raw, trap: x.result.trap},
        included: x.included,
        diff: ofExtrinsic(x),
      })),
      initialize,
      eventsRaw,
      // One by one, so that events of pallets that we do not have can be told apart and left out.
      events: runtimeHasForeignEvents ? events.map(({raw}) => raw) : undefined,
      diff,
      summary: isStored ? undefined : block.summary,
    };
  });
}

for (const runtime of ["hyperbridge-100", "rhala-1241"]) {
  mkdirSync(join(to, runtime), {recursive: true});
  for (const name of readdirSync(join(from, runtime)).sort()) {
    const vector = JSON.parse(readFileSync(join(from, runtime, name), "utf8"));
    const packed = vector.blocks
      ? {
          id: vector.id,
          title: vector.title,
          runtime: vector.runtime,
          constants: vector.constants,
          accounts: vector.accounts,
          traps: vector.traps ?? [vector.trap, vector.trap2].filter(Boolean),
          genesis: {hash: vector.genesis.hash, storage: vector.genesis.storage},
          blocks: packBlocks(vector, runtime === "rhala-1241"),
          stepped: packStepped(vector),
        }
      : vector;
    const bytes = brotliCompressSync(JSON.stringify(packed), {
      params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24},
    });
    writeFileSync(join(to, runtime, `${name}.br`), bytes);
  }
}
