/** (r) A parachain's own runtime on the whole node, without a relay chain: rehearsed. */
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {bytesToHex, millis, unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {judgeBlock, pastBlock} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {describeRuntime, encodeCall, signExtrinsic, signerOf} from "#description";
import {
  createRuntimes,
  inMemoryNode,
  quietly,
  type RunningNode,
  readyChain,
  startNode,
} from "#node";
import {relayView} from "#relay";
import {startNetwork} from "#testing";
import {relayParentIn} from "#validity";
import {KNOWN_SPECS, knownChain} from "../tests/genuine/support/known-specs.ts";
import {startNet} from "../tests/support/net-process.ts";
import {type Figure, median} from "./figure.ts";
import {start, stop} from "./node-process.ts";

const EMPTY = 1_800;
const TRANSFERS = 1_000;
const FULL = 6;
const VIEWS = 500;
const JUDGED = 20;
const STARTS = 5;

/** Figures of (r); none where the package with a parachain's spec is not installed, which is said. */
export async function benchRehearsal(): Promise<Figure[]> {
  const given = process.env.BENCH_GENUINE;
  if (given === undefined && !existsSync(KNOWN_SPECS)) {
    process.stdout.write("(r) left out: `npm run test:genuine` installs the chain spec\n");
    return [];
  }
  const text =
    given === undefined ? await knownChain("rococo_v2_2_asset_hub") : readFileSync(given, "utf8");
  const node = await rehearsing(text);
  try {
    const {specName, specVersion} = unwrap(node.chain.runtimeOf(node.chain.head.state)).version;
    const of = `${specName} ${specVersion}`;
    const session = await timed(async () => {
      for (let i = 0; i < EMPTY; i++) unwrap(await node.timeTools!.makeBlock([]));
    });
    const [judged, proof] = judging(node);
    const full = await makeFull(node);
    const [judgedFull] = judging(node, 1);
    return [
      {
        name: `(r) ${of}: a session of ${EMPTY.toLocaleString("en")} blocks, hooks of each`,
        value: session / 1_000,
        unit: "s",
        aim: {value: 10, atMost: true, from: "aim"},
      },
      {name: `(r) ${of}: empty blocks`, value: (EMPTY * 1_000) / session, unit: "blocks/s"},
      {name: `(r) ${of}: blocks of ${TRANSFERS} transfers`, value: 1_000 / full, unit: "blocks/s"},
      {
        name: "(r) validate_block, an empty block and its recorded proof",
        value: judged,
        unit: "ms",
        aim: {value: 200, atMost: true, from: "aim"},
      },
      {name: "(r) the same, the proof's size", value: proof, unit: "bytes"},
      {name: `(r) validate_block, ${TRANSFERS} transfers`, value: judgedFull, unit: "ms"},
      {
        name: "(r) a view of the relay chain",
        value: await viewing(node),
        unit: "ms",
        aim: {value: 2, atMost: true, from: "aim"},
      },
      ...(await starting(text)),
      await network(text),
    ];
  } finally {
    await node.stop();
  }
}

async function rehearsing(text: string): Promise<RunningNode> {
  const crypto = await createNativeCrypto();
  const tools = {crypto, runtimes: createRuntimes(crypto), now: millis(Date.now())};
  const {spec} = unwrap(parseChainSpec(text));
  const ready = unwrap(readyChain(spec, {collators: 1}, tools));
  return unwrap(
    await startNode(
      inMemoryNode({spec: {...ready.spec, chainType: "Development"}, devKeys: ready.authors}),
      quietly,
    ),
  );
}

/** Milliseconds a block with as many transfers as fit, of those that wait. */
async function makeFull({chain, crypto, timeTools}: RunningNode): Promise<number> {
  const {state} = chain.head;
  const runtime = unwrap(chain.runtimeOf(state));
  const description = unwrap(
    describeRuntime(runtime, chain.host(state, {verifySignature: () => false})),
  );
  const {hashing, keyPairs} = crypto;
  const signer = signerOf(unwrap(keyPairs.fromUri("sr25519", "//Alice")), hashing);
  const bob = unwrap(keyPairs.fromUri("sr25519", "//Bob")).publicKey;
  const {specVersion, transactionVersion} = runtime.version;
  const transfer = unwrap(
    encodeCall(description, {
      call: "Balances.transfer_keep_alive",
      args: {dest: bob, value: 1_000_000_000n},
    }),
  );
  const facts = {genesisHash: chain.genesisHash, specVersion, transactionVersion};
  const all = Array.from({length: FULL * TRANSFERS}, (_, nonce) =>
    unwrap(signExtrinsic(description, transfer, signer, {...facts, nonce}, hashing)),
  );
  const times: number[] = [];
  for (let i = 0; i < FULL; i++) {
    const these = all.slice(i * TRANSFERS, (i + 1) * TRANSFERS);
    times.push(await timed(async () => void unwrap(await timeTools!.makeBlock(these))));
  }
  return median(times);
}

/** Milliseconds that the last blocks' own judge takes, and bytes of such a proof: the medians. */
function judging({chain, verifySignature}: RunningNode, count = JUDGED): [number, number] {
  const times: number[] = [];
  const sizes: number[] = [];
  let {hash} = chain.head;
  for (let i = 0; i < count; i++) {
    const past = pastBlock(chain, hash);
    if (!past?.ok) throw new Error(`block ${bytesToHex(hash)} cannot be judged`);
    const {runtime, parentState, body, header} = past.value;
    const host = chain.host(parentState, {verifySignature});
    const description = unwrap(describeRuntime(runtime, host));
    const relayParent = relayParentIn(description, body)!;
    const judge = () => unwrap(judgeBlock(past.value, {verifySignature, relayParent}));
    sizes.push(judge().proof.size);
    const began = performance.now();
    judge();
    times.push(performance.now() - began);
    hash = header.parentHash;
  }
  return [median(times), median(sizes)];
}

async function viewing({crypto}: RunningNode): Promise<number> {
  const world = {
    paraId: 1_000,
    offset: 0,
    parentHead: new Uint8Array(200),
    hasPendingCode: false,
    downwardHead: undefined,
    channels: [],
  };
  const took = await timed(async () => {
    for (let i = 0; i < VIEWS; i++) {
      unwrap(
        relayView({...world, slotBegins: millis(1_700_000_000_000 + i * 6_000)}, crypto.hashing),
      );
    }
  });
  return took / VIEWS;
}

/** The built program, from its start to what a person waits for. */
async function starting(text: string): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-"));
  const file = join(folder, "spec.json");
  writeFileSync(file, text);
  const firsts: number[] = [];
  const finals: number[] = [];
  try {
    for (let i = 0; i < STARTS; i++) {
      const node = await start(["dev", `--chain=${file}`, "--rpc-port=0", "--no-prometheus"]);
      firsts.push(await node.toFirstBlock);
      await stop(node);
      const began = performance.now();
      const net = await startNet(["4", `--chain=${file}`, "--rate=24"]);
      while (!net.lines.some(line => /final #[1-9]/.test(line))) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      finals.push(performance.now() - began);
      await net.stop("SIGINT");
    }
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
  return [
    {
      name: "(r) khala dev --chain to the first block",
      value: median(firsts),
      unit: "ms",
      aim: {value: 1_000, atMost: true, from: "aim"},
    },
    {
      name: "(r) khala net 4 --chain to a final block, slots of half a second",
      value: median(finals) / 1_000,
      unit: "s",
      aim: {value: 5, atMost: true, from: "aim"},
    },
  ];
}

/** Four collators on the test kit's virtual clock, as fast as the machine executes. */
async function network(text: string): Promise<Figure> {
  const network = await startNetwork({chain: text});
  const blocks = 300;
  const took = await timed(() => network.advanceTo(blocks));
  await network.stop();
  return {
    name: "(r) four collators in one process, on the virtual clock",
    value: (blocks * 1_000) / took,
    unit: "blocks/s",
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
