import {err, millis, ok, type Report, type Result} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {
  createRuntimes,
  genesisMakers,
  type NodeConfiguration,
  type ReadyChain,
  readyChain,
} from "#node";
import type {FlagValues} from "../flags/index.ts";
import {namedIn, ofOtherChains, wishesIn} from "./dev-flags.ts";

/** The node of `khala dev` over a chain that is not this program's, and a line for people where it was rehearsed on the way. */
export interface ReadyDevChain {
  readonly configuration: NodeConfiguration;
  readonly line: string | undefined;
}

/**
 * One node that has the keys of all who author: of the chain as it is, or of a rehearsal with one collator. A developer's
 * conveniences are a matter of who runs the chain here, whatever its spec says it is elsewhere.
 */
export async function readyDevChain(
  configuration: NodeConfiguration,
  path: string,
  values: FlagValues,
): Promise<Result<ReadyDevChain, Report>> {
  if (configuration.spec.genesis.kind === "built") {
    const misfit = ofOtherChains(values);
    return misfit === undefined ? ok({configuration, line: undefined}) : err(misfit);
  }
  const crypto = await createNativeCrypto();
  const named = namedIn(values);
  const collators = named.length > 0 ? named : 1;
  const now = millis(Date.now());
  const runtimes = createRuntimes(crypto);
  const wishes = wishesIn(values, genesisMakers(crypto, runtimes));
  if (!wishes.ok) return wishes;
  const asked = {...wishes.value, collators};
  const ready = readyChain(configuration.spec, asked, {crypto, runtimes, now});
  if (!ready.ok) return ready;
  const {spec, authors, rehearsed} = ready.value;
  if (rehearsed !== undefined && !configuration.throwAway) return err(notKept(path));
  return ok({
    configuration: {
      ...configuration,
      spec: {...spec, chainType: "Development"},
      devKeys: named.length > 0 ? configuration.devKeys : authors,
      forceAuthoring: true,
    },
    line: rehearsed && rehearsedLine(rehearsed, path),
  });
}

/** That a chain was rehearsed on the way, and how to keep that. */
export const rehearsedLine = (
  {from, runtime}: NonNullable<ReadyChain["rehearsed"]>,
  path: string,
): string =>
  `${from} is rehearsed with development accounts on ${runtime}, and thrown away at the end; khala rehearse ${path} --output FILE keeps it`;

/** Another start would make another rehearsal, whose chain is not the one on the disk. */
export const notKept = (path: string): Report => ({
  code: "rehearsal-not-kept",
  what: "a rehearsal that is made on the way ends with the process, and a base path is to be kept",
  did: "not started",
  todo: `khala rehearse ${path} --output FILE, and give --chain FILE with the base path`,
});
