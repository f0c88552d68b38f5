import {decode} from "#codec";
import {
  type AuthoritySet,
  announcedChange,
  justification as justificationCodec,
  VoterSet,
  verifyJustification,
} from "#consensus";
import type {CryptoSuite} from "#crypto";
import type {Blockchain} from "../../chain/blockchain.ts";
import type {BlockRef} from "../../chain/chain-events.ts";
import type {GrandpaPart} from "../grandpa-part.ts";

/** Whether a proof that came from a stranger is one of a block that became final long ago. False as well where it is not known who voted then. */
export function provesBlock(
  chain: Pick<Blockchain, "header">,
  {sets, isFixed}: Pick<GrandpaPart, "sets" | "isFixed">,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  block: BlockRef,
  proof: Uint8Array,
): boolean {
  const setId = sets.setIdAt(block.number);
  const voters = isFixed || setId === sets.setId ? sets.voters : formerVoters(chain, sets, setId);
  const decoded = decode(justificationCodec, proof);
  if (voters === undefined || !decoded.ok) return false;
  const {hashing, signatures} = crypto;
  const context = {setId, voters, hashing, signatures, target: block};
  return verifyJustification(decoded.value, context).ok;
}

/** The voters of a set that is over: as the block announced them with which the one before it ended, where that is the same block. */
function formerVoters(
  chain: Pick<Blockchain, "header">,
  {changes}: AuthoritySet,
  setId: number,
): VoterSet | undefined {
  const before = changes.find(change => change.setId === setId - 1);
  const header = before && !before.forced ? chain.header(before.last.hash) : undefined;
  const change = header && announcedChange(header);
  const isAtOnce = change !== undefined && change.forced === undefined && change.delay === 0;
  return isAtOnce ? VoterSet.from(change.authorities) : undefined;
}
