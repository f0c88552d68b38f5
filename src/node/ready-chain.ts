import {err, type Millis, ok, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import type {Runtimes} from "#core";
import type {CryptoSuite} from "#crypto";
import {collatorUris, type DevelopmentWishes} from "#rehearsal";
import {developmentAuthors} from "./development-authors.ts";
import {rehearsalSettings} from "./rehearsal.ts";
import {rehearseChain} from "./rehearse-chain.ts";

/** A chain that nodes of development accounts can run. */
export interface ReadyChain {
  readonly spec: ChainSpec;
  /** Secret URIs of those who make its blocks, in the order of their turns. */
  readonly authors: readonly string[];
  /** It was rehearsed for that just now: of which runtime, and what works and will surprise. */
  readonly rehearsed:
    | {readonly from: string; readonly runtime: string; readonly notes: readonly string[]}
    | undefined;
}

/**
 * The chain as it is where development accounts author it and nothing else is wanted of it: ours, a rehearsal, a solo chain. Any
 * other chain is rehearsed with development accounts. Fails for a rehearsal of which something else is wanted: it is what it is.
 */
export function readyChain(
  spec: ChainSpec,
  wishes: DevelopmentWishes,
  tools: {readonly crypto: CryptoSuite; readonly runtimes: Runtimes; readonly now: Millis},
): Result<ReadyChain, Report> {
  const settings = rehearsalSettings(spec);
  if (!settings.ok) return settings;
  const isRehearsed = settings.value !== undefined;
  const found = developmentAuthors(spec, tools.crypto, tools.runtimes);
  const authors = found.ok ? found.value.uris.filter(uri => uri !== undefined) : [];
  const isOurs =
    found.ok &&
    found.value.areVotersKnown &&
    authors.length > 0 &&
    authors.length === found.value.uris.length;
  const wanted = whatIsWanted(wishes);
  if (isRehearsed && wanted.length > 0) {
    return err({
      code: "rehearsal-as-it-is",
      what: `the chain is a rehearsal already, and runs as it was made: without ${wanted.join(", ")}`,
      did: "not started",
      todo: "ask khala rehearse for that, with the chain spec that this one was made of",
    });
  }
  const isWhole = isRehearsed || (isOurs && !found.value.isParachain && wanted.length === 0);
  if (isWhole) {
    if (authors.length > 0) return ok({spec, authors, rehearsed: undefined});
    return err({
      code: "rehearsal-of-others",
      what: "no development account makes blocks of this rehearsal",
      did: "not started",
      todo: "run it with khala --chain FILE --collator and the keys of those who do",
    });
  }
  const made = rehearseChain(spec, wishes, tools);
  if (!made.ok) return made;
  return ok({
    spec: made.value.spec,
    authors: collatorUris(wishes),
    rehearsed: made.value.report,
  });
}

/** What a chain would have to be made anew for. */
const whatIsWanted = ({code, rate, changes = []}: DevelopmentWishes): string[] => [
  ...(code === undefined ? [] : ["other code"]),
  ...(rate === undefined ? [] : ["another rate"]),
  ...(changes.length === 0 ? [] : ["changes of its state"]),
];
