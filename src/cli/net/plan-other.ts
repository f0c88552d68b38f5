import {err, millis, ok, type Report, type Result} from "#base";
import {chooseChain} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {addressPrefix} from "#description";
import {createRuntimes, genesisMakers, readyChain, rehearsalSettings} from "#node";
import type {DevelopmentWishes} from "#rehearsal";
import {notKept, rehearsedLine} from "../node/ready-dev-chain.ts";
import {readText} from "../read-text.ts";
import type {NetOptions} from "./net-options.ts";
import type {NetPlan} from "./net-plan.ts";
import {plannedNode} from "./planned-node.ts";

/** Of voters, how many have to be there for blocks to become final: more than two thirds. */
const enoughOf = (voters: number): number => Math.floor((voters * 2) / 3) + 1;

/** A network on a chain that is given: as it is, or rehearsed with as many collators as are asked for. */
export async function planOther(
  options: NetOptions,
  chain: string,
): Promise<Result<NetPlan, Report>> {
  const {invulnerables, candidates, basePath} = options;
  if (candidates > 0) {
    return refuse(
      "--candidates does not go with --chain",
      "stand as an operator does: khala keys rotate, khala collator join",
    );
  }
  const chosen = chooseChain({chain, parameters: options.parameters}, readText);
  if (!chosen.ok) return chosen;
  const crypto = await createNativeCrypto();
  const runtimes = createRuntimes(crypto);
  const wishes = options.wishes(genesisMakers(crypto, runtimes));
  if (!wishes.ok) return wishes;
  const asked: DevelopmentWishes = {...wishes.value, collators: invulnerables};
  const tools = {crypto, runtimes, now: millis(Date.now())};
  const ready = readyChain(chosen.value.spec, asked, tools);
  if (!ready.ok) return ready;
  const {spec, authors, rehearsed} = ready.value;
  if (rehearsed !== undefined && basePath !== undefined) return err(notKept(chain));
  if (invulnerables > authors.length) {
    return refuse(
      `${invulnerables} nodes are asked for, and ${authors.length} development accounts make blocks of the chain`,
      `khala net ${authors.length} --chain ${chain}`,
    );
  }
  const prefix = addressPrefix(undefined, spec.properties);
  const nodes = authors.slice(0, invulnerables).map((uri, i) =>
    plannedNode(uri, {
      i,
      role: "invulnerable",
      prefix,
      keyPairs: crypto.keyPairs,
      options,
      name: nameOf(uri),
    }),
  );
  const settings = rehearsalSettings(spec);
  const rate = settings.ok && settings.value !== undefined ? settings.value.rate : 1;
  const warnings = [
    ...chosen.value.warnings,
    ...(rehearsed === undefined ? [] : [rehearsedLine(rehearsed, chain), ...rehearsed.notes]),
    ...(invulnerables < enoughOf(authors.length)
      ? [
          `nothing becomes final: ${enoughOf(authors.length)} of ${authors.length} voters have to be there`,
        ]
      : []),
  ];
  const pace = rate === 1 ? "in real time" : `${rate} times as fast as real time`;
  return ok({spec, headline: pace, nodes, warnings});
}

/** `//Alice` is node alice. */
const nameOf = (uri: string): string =>
  uri.replace(/^\/\//, "").replaceAll("//", "-").toLowerCase();

const refuse = (what: string, todo: string): Result<never, Report> =>
  err({code: "flag-invalid", what, did: "not started", todo});
