import assert from "node:assert/strict";
import {after, test} from "node:test";
import {concatBytes, err, ok, type Result, unwrap} from "#base";
import {bytes, compactU32, encode, u32} from "#codec";
import {sealDigest, sealMessage} from "#consensus";
import {type InherentProvider, type InherentScope, judgeBlock, type PastBlock} from "#core";
import {RuntimeDescriptions, StateReader} from "#description";
import {type Header, header as headerCodec} from "#primitives";
import {
  PARACHAIN_INHERENT,
  type RelayWorld,
  relayFacts,
  relayView,
  validationDataCall,
  validationDataInherent,
} from "#relay";
import {Overlay} from "#state";
import {listRoot} from "#trie";
import {relayParentIn} from "#validity";
import {knownChain} from "./support/known-specs.ts";
import {forgerOver, rehearsedNetwork} from "./support/rehearsed-network.ts";

/** Four collators, of whom Dave lies: his node follows the chain, and his keys are the forger's. */
const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const RELAY_SLOT = 6_000;

const network = await rehearsedNetwork(await knownChain("rococo_v2_2_asset_hub"), {
  names: NAMES,
  silent: ["Dave"],
});
after(() => network.stop());
const honest = network.nodes.slice(0, 3);
const dave = network.nodes[3]!.node;
const {hashing, forge, sign} = await forgerOver(network, dave, "//Dave");
const bob = await forgerOver(network, dave, "//Bob");
const descriptions = new RuntimeDescriptions();
const {relayOffset} = dave.rehearsal!;

const hostOf = ({state}: {state: PastBlock["parentState"]}) => ({
  state: new Overlay(state),
  verifySignature: () => false,
});

/** What is said of a relay chain that is not the one which all see; `messages`: those that it brings, as the inherent has them. */
function lying(
  change: (world: RelayWorld) => Partial<RelayWorld>,
  messages?: (world: RelayWorld) => Uint8Array,
): InherentProvider {
  return {
    name: "relay",
    data({parent, runtime, slotBegins}: InherentScope) {
      const description = unwrap(descriptions.of(runtime, hostOf(parent)));
      const call = validationDataCall(description)!;
      const facts = unwrap(
        relayFacts(new StateReader(description, parent.state, hashing), () => undefined),
      );
      const parentHead = encode(headerCodec, parent.header);
      const honestWorld = {...facts, offset: relayOffset, parentHead, slotBegins};
      const world = {...honestWorld, ...change(honestWorld)};
      const data = validationDataInherent(relayView(world, hashing), call);
      if (messages === undefined) return ok([[PARACHAIN_INHERENT, data]]);
      const head = data.subarray(0, data.length - call.nothingInData);
      return ok([[PARACHAIN_INHERENT, concatBytes(head, messages(world))]]);
    },
  };
}

const truth = lying(() => ({}));

/** What every honest node answers to a block: the same. */
async function answersTo(block: Pick<PastBlock, "sealed" | "body">): Promise<string> {
  const codes = new Set<string>();
  for (const {node} of honest) {
    const imported = await node.core.importer.import(block.sealed, block.body);
    const {error} = imported as {error?: {code: string; fault?: string}};
    codes.add(imported.ok ? "taken" : (error!.fault ?? error!.code));
  }
  return [...codes].join(" and ");
}

const finalOf = () => Math.min(...honest.map(({node}) => node.chain.finalized().number));

/** A block refused by all, after which three go on, and what they make becomes final. */
async function isRefused(block: Pick<PastBlock, "sealed" | "body">, code: string): Promise<void> {
  assert.equal(await answersTo(block), code);
  const hash = hashing.blockHash(encode(headerCodec, block.sealed));
  const before = finalOf();
  await network.until(() => finalOf() >= before + 2);
  for (const {node} of network.nodes) assert.equal(node.chain.header(hash), undefined);
}

/** As a relay chain's validators judge it, by what it says of their chain. */
function judged(block: PastBlock): Result<unknown, string> {
  const host = hostOf({state: block.parentState});
  const description = unwrap(descriptions.of(block.runtime, host));
  const verdict = judgeBlock(block, {
    verifySignature: dave.verifySignature,
    relayParent: ({body}) => relayParentIn(description, body),
  });
  if (verdict.ok) return verdict;
  return err("reason" in verdict.error ? verdict.error.reason : verdict.error.code);
}

const resealed = (unsealed: Header, signer: (message: Uint8Array) => Uint8Array): Header => ({
  ...unsealed,
  digest: [...unsealed.digest, sealDigest(signer(sealMessage(unsealed, hashing)))],
});

test("the honest three make blocks in their turns, and those become final", async () => {
  await network.until(() => finalOf() >= 4);
  for (const {name, node} of network.nodes.slice(1))
    assert.deepEqual(node.chain.hashOf(4), honest[0]!.node.chain.hashOf(4), name);
});

test("a block of Dave's that tells the truth is taken by all of them", async () => {
  const {block} = await forge(truth);
  assert.equal(await answersTo(block), "taken");
  unwrap(judged(block));
});

const LIES: readonly (readonly [what: string, code: string, provider: InherentProvider])[] = [
  ["number", "relay-number-wrong", lying(({offset}) => ({offset: offset - 1}))],
  [
    "slot",
    "relay-slot-wrong",
    lying(({offset, slotBegins}) => ({
      offset: offset + 1,
      slotBegins: (slotBegins + RELAY_SLOT) as typeof slotBegins,
    })),
  ],
  [
    "root",
    "relay-root-wrong",
    lying(() => ({channels: [{sender: 2_000, head: new Uint8Array(32)}]})),
  ],
];

for (const [what, code, provider] of LIES) {
  test(`an author who lies about the relay chain's ${what} makes a block that its runtime takes and judges valid; nobody else takes it`, async () => {
    const {block} = await forge(provider);
    unwrap(judged(block));
    await isRefused(block, code);
  });
}

test("a message that nobody sent is refused, whether or not the author's own root vouches for it", async () => {
  const message = encode(u32, 0xdead);
  const sentAt = ({slotBegins, offset}: RelayWorld) => Math.floor(slotBegins / RELAY_SLOT) - offset;
  const vouched = lying(
    world => ({
      downwardHead: hashing.blake2b256(
        concatBytes(
          world.downwardHead ?? new Uint8Array(32),
          encode(u32, sentAt(world)),
          hashing.blake2b256(encode(bytes, message)),
        ),
      ),
    }),
    world =>
      concatBytes(
        Uint8Array.of(4),
        encode(u32, sentAt(world)),
        encode(bytes, message),
        Uint8Array.of(0),
      ),
  );
  const {block} = await forge(vouched);
  unwrap(judged(block));
  await isRefused(block, "relay-root-wrong");

  // Under the true root its runtime makes no such block: it is written by hand.
  const {block: honestBlock} = await forge(truth);
  const body = honestBlock.body.map(extrinsic => withMessage(honestBlock, extrinsic, message));
  const extrinsicsRoot = listRoot(data => hashing.blockHash(data), body, 0);
  const sealed = resealed({...honestBlock.header, extrinsicsRoot}, sign);
  await isRefused({sealed, body}, "relay-messages-wrong");
});

/** An extrinsic with one downward message, where it is that which brings them. */
function withMessage(block: PastBlock, extrinsic: Uint8Array, message: Uint8Array): Uint8Array {
  const description = unwrap(descriptions.of(block.runtime, hostOf({state: block.parentState})));
  if (relayParentIn(description, [extrinsic]) === undefined) return extrinsic;
  const {nothingInCall} = validationDataCall(description)!;
  const lengthBytes = encode(compactU32, extrinsic.length).length;
  const content = concatBytes(
    extrinsic.subarray(lengthBytes, extrinsic.length - nothingInCall),
    Uint8Array.of(4),
    encode(u32, 1),
    encode(bytes, message),
    new Uint8Array(nothingInCall - 1),
  );
  return concatBytes(encode(compactU32, content.length), content);
}

test("a block on another head than its parent's is made by the runtime and refused by its validate_block, and by everybody", async () => {
  const {block} = await forge(lying(({parentHead}) => ({parentHead: parentHead.slice(1)})));
  const verdict = judged(block);
  assert.ok(!verdict.ok);
  assert.match(verdict.error, /[Pp]arent head/);
  await isRefused(block, "relay-parent-wrong");
});

test("a block that another collator sealed, or nobody, is refused, as its validate_block would", async () => {
  const {block} = await forge(truth);
  const byBob = {...block, sealed: resealed(block.header, bob.sign)};
  const unsealed = {...block, sealed: block.header};
  for (const wrong of [byBob, unsealed]) {
    const verdict = judged(wrong);
    assert.ok(!verdict.ok);
    assert.match(verdict.error, /seal/i);
  }
  assert.equal(await answersTo(unsealed), "unsealed");
  await isRefused(byBob, "wrong-author");
});

test("a state root that execution does not come to is refused, by its validate_block too", async () => {
  const {block} = await forge(truth);
  const header = {...block.header, stateRoot: new Uint8Array(32)};
  const wrong = {...block, header, sealed: resealed(header, sign)};
  await isRefused(wrong, "state-root-mismatch");
});
