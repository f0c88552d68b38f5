import {type Hex, hexToBytes, silentLogger, unwrap} from "#base";
import {genesisToStore, parseChainSpec} from "#chain-spec";
import {decode} from "#codec";
import {
  assembleCore,
  inlineSignatures,
  type Judged,
  judgeBlock,
  type NodeCore,
  pastBlock,
  SignatureChecks,
  steadyClock,
  systemClock,
} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {describeRuntime} from "#description";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {createRuntimes, genesisMakers, rehearsalOfNode, rehearsalSettings} from "#node";
import {type Header, header as headerCodec} from "#primitives";
import {createMemoryChainStore} from "#store";
import {relayParentIn} from "#validity";

/** A block as it went over a wire: its header in SCALE, its extrinsics without the lengths before them. */
export interface CarriedBlock {
  readonly header: Uint8Array;
  readonly body: readonly Uint8Array[];
}

/**
 * A node of a rehearsal that makes nothing and has no peers: it is handed block after block, executes each on its own state,
 * and has the runtime's `validate_block` judge it by the proof that it recorded.
 */
export class JudgingNode {
  readonly #core: NodeCore;
  readonly #signatures: SignatureChecks;

  private constructor(core: NodeCore, signatures: SignatureChecks) {
    this.#core = core;
    this.#signatures = signatures;
  }

  /** By the text of a rehearsal's chain spec. */
  static async open(text: string): Promise<JudgingNode> {
    const {spec} = unwrap(parseChainSpec(text));
    const settings = unwrap(rehearsalSettings(spec));
    if (settings === undefined) throw new Error("the chain spec is not that of a rehearsal");
    const crypto = withBlockHashing(await createNativeCrypto(), settings.hashing);
    const runtimes = createRuntimes(crypto);
    const genesis = unwrap(genesisToStore(spec.genesis, genesisMakers(crypto, runtimes)));
    const store = await createMemoryChainStore(genesis, data => crypto.hashing.blockHash(data));
    const runtime = unwrap(runtimes.runtimeOf(genesis.state));
    const rehearsal = rehearsalOfNode(settings, runtime, crypto);
    const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
    const {keyPairs} = crypto;
    const core = unwrap(
      assembleCore(
        {
          collator: false,
          forceAuthoring: false,
          seal: {kind: "slots"},
          pool: {},
          network: undefined,
          ...rehearsal.settings,
          finality: {kind: "at-once"},
        },
        {
          inherents: rehearsal.inherents,
          runtimes,
          store,
          keystore: createMemoryKeystore({
            keyPairs,
            randomBytes: length => new Uint8Array(length),
          }),
          guard: createMemorySigningGuard(),
          crypto,
          signatures,
          clock: steadyClock,
          wallClock: systemClock,
          logger: silentLogger,
          random: () => 0.5,
          yieldThread: async () => {},
          onFatal: ({what}) => {
            throw new Error(what);
          },
        },
      ),
    );
    unwrap(await core.start());
    return new JudgingNode(core, signatures);
  }

  /** Height of its best block. */
  get best(): number {
    return this.#core.chain.best().number;
  }

  /** Executes it upon its parent, and has it judged. Throws where either refuses. */
  async take({header: bytes, body}: CarriedBlock): Promise<Judged> {
    const header: Header = unwrap(decode(headerCodec, bytes));
    const imported = await this.#core.importer.import(header, body);
    if (!imported.ok) throw new Error(`block ${header.number}: ${JSON.stringify(imported.error)}`);
    return this.judge(imported.value.hash);
  }

  /** Judges a block that it has. */
  judge(hash: Uint8Array): Judged {
    const {chain} = this.#core;
    const {verifySignature} = this.#signatures;
    const block = unwrap(pastBlock(chain, hash)!);
    const judged = judgeBlock(block, {
      verifySignature,
      relayParent: ({runtime, parentState, body}) => {
        const host = chain.host(parentState, this.#signatures);
        return relayParentIn(unwrap(describeRuntime(runtime, host)), body);
      },
    });
    if (judged.ok) return judged.value;
    const {error} = judged;
    const reason = "reason" in error ? `: ${error.reason}` : "";
    throw new Error(`block ${block.header.number} is ${error.code}${reason}`);
  }

  stop(): Promise<void> {
    return this.#core.stop();
  }
}

export const bytesOf = (hex: string): Uint8Array => hexToBytes(hex as Hex)!;
