import {err, millis, ok, type Report, type Result} from "#base";
import {chooseChain} from "#chain-spec";
import {describeUnusable} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {
  createRuntimes,
  genesisMakers,
  inMemoryNode,
  quietly,
  readyChain,
  startNode,
  type UpgradeRun,
  upgradeNode,
} from "#node";
import {CODE_KEY} from "#primitives";
import {memoryState} from "#state";
import type {FlagValues} from "../flags/index.ts";
import {readText} from "../read-text.ts";
import {askedIn} from "../rehearse/asked.ts";
import {codeInFile} from "../runtime/find-code.ts";

export interface UpgradeReport extends UpgradeRun {
  readonly chain: string;
}

export async function runUpgrade(
  path: string,
  codePath: string,
  values: FlagValues,
): Promise<Result<UpgradeReport, Report>> {
  const chosen = chooseChain({chain: path, parameters: []}, readText);
  if (!chosen.ok) return chosen;
  const crypto = await createNativeCrypto();
  const runtimes = createRuntimes(crypto);
  const {code} = codeInFile(codePath, genesisMakers(crypto, runtimes));
  const usable = runtimes.runtimeOf(
    memoryState([[CODE_KEY, code]], data => crypto.hashing.blake2b256(data)),
  );
  if (!usable.ok) {
    return err({
      code: "code-unusable",
      what: `${codePath} is no runtime that this program runs`,
      facts: [["reason", describeUnusable(usable.error)]],
      did: "nothing",
      todo: "see khala runtime inspect FILE",
    });
  }
  const isJudged = values.has("judge");
  const wishes = {
    ...askedIn(values),
    collators: 1,
    proofSize: isJudged ? ("recorded" as const) : ("unrecorded" as const),
  };
  const ready = readyChain(chosen.value.spec, wishes, {crypto, runtimes, now: millis(Date.now())});
  if (!ready.ok) return ready;
  const {spec, authors} = ready.value;
  const node = await startNode(
    inMemoryNode({
      spec: {...spec, chainType: "Development"},
      name: "rehearsal",
      devKeys: authors,
    }),
    quietly,
  );
  if (!node.ok) {
    return err({
      code: "upgrade-not-begun",
      what: "the chain cannot be run",
      facts: [["reason", node.error]],
    });
  }
  try {
    const ran = await upgradeNode(node.value, code, isJudged);
    return ran.ok ? ok({...ran.value, chain: spec.name}) : ran;
  } finally {
    await node.value.stop();
  }
}
