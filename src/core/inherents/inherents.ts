import {type BinaryString, err, type Millis, ok, type Result, type Slot} from "#base";
import type {DigestItem, Hash, Header, InherentData} from "#primitives";
import type {Runtime} from "#runtime-api";
import type {StateView} from "#state";

/** The block that something is said for. */
export interface InherentScope {
  readonly parent: {
    readonly hash: Hash;
    readonly number: number;
    readonly header: Header;
    readonly state: StateView;
  };
  /** Of the parent's state: it runs the block. */
  readonly runtime: Runtime;
  readonly slot: Slot;
  /** When the slot begins, in the chain's time. */
  readonly slotBegins: Millis;
  /** The author's time, or the importer's. */
  readonly now: Millis;
}

/** What a block is given that it should not have been. */
export interface InherentFault {
  /** `relay-number-wrong` */
  readonly code: string;
  readonly reason: string;
}

/** Says something for a block. The same question has the same answer on every node, time aside. */
export interface InherentProvider {
  /** For log lines: `timestamp`. */
  readonly name: string;
  /** Values by their identifiers of eight bytes; the failure is a reason for people. */
  data(scope: InherentScope): Result<readonly (readonly [BinaryString, Uint8Array])[], string>;
  /** Items of the digest with which a block of ours opens, after the slot's. Importers leave judging them to the runtime. */
  digest?(scope: InherentScope): readonly DigestItem[];
  /**
   * Looks through the extrinsics (with their lengths) that may be inherents of somebody else's block: for what no runtime holds
   * against the data by itself.
   */
  judge?(scope: InherentScope, extrinsics: readonly Uint8Array[]): Result<void, InherentFault>;
}

/** Port: what blocks of this chain are given from outside. */
export interface Inherents {
  data(scope: InherentScope): Result<InherentData, string>;
  digest(scope: InherentScope): readonly DigestItem[];
  judge(scope: InherentScope, extrinsics: readonly Uint8Array[]): Result<void, InherentFault>;
}

/** Bytes of an identifier (sp-inherents). */
const IDENTIFIER = 8;

/** All that several providers say. */
export function inherentsOf(providers: readonly InherentProvider[]): Inherents {
  return {
    data(scope) {
      const all = new Map<BinaryString, Uint8Array>();
      for (const provider of providers) {
        const said = provider.data(scope);
        if (!said.ok) return err(`${provider.name}: ${said.error}`);
        for (const [id, value] of said.value) {
          if (id.length !== IDENTIFIER) return err(`${provider.name}: ${id} has no eight bytes`);
          if (all.has(id)) return err(`${provider.name}: another one gives ${id} as well`);
          all.set(id, value);
        }
      }
      return ok(all);
    },
    digest: scope => providers.flatMap(provider => provider.digest?.(scope) ?? []),
    judge(scope, extrinsics) {
      for (const provider of providers) {
        const judged = provider.judge?.(scope, extrinsics);
        if (judged?.ok === false) return judged;
      }
      return ok();
    },
  };
}
