import {bytesToHex, equalBytes, hex} from "#base";
import {type Codec, decode, encode} from "#codec";
import {accountId} from "#primitives";
import {
  type AccountStanding,
  accountStanding,
  type CollatorMember,
  type CollatorSet,
  collatorSet,
  type SessionStatus,
  sessionStatus,
} from "#runtime-api";
import {DeskError} from "./desk-error.ts";
import type {NodeLink} from "./node-link.ts";

/** What the chain says of its collators and of one account, as of one block. */
export interface CollatorFacts {
  readonly set: CollatorSet;
  readonly session: SessionStatus;
  readonly account: AccountStanding;
  /** The account among those who have to do with making blocks. */
  readonly member: CollatorMember | undefined;
}

const NOTHING = new Uint8Array(0);

export async function askFacts(
  link: NodeLink,
  account: Uint8Array,
  block?: string,
): Promise<CollatorFacts> {
  const at = block ?? ((await link.ask("chain_getBlockHash")) as string);
  const [set, session, standing] = await Promise.all([
    call(link, "CollatorApi_collator_set", NOTHING, collatorSet, at),
    call(link, "CollatorApi_session_status", NOTHING, sessionStatus, at),
    call(link, "CollatorApi_account_standing", encode(accountId, account), accountStanding, at),
  ]);
  const member = set.members.find(each => equalBytes(each.account, account));
  return {set, session, account: standing, member};
}

/** Who authors on top of a block. */
export const askSession = (link: NodeLink, block: string): Promise<SessionStatus> =>
  call(link, "CollatorApi_session_status", NOTHING, sessionStatus, block);

async function call<T>(
  link: NodeLink,
  name: string,
  args: Uint8Array,
  codec: Codec<T>,
  at: string,
): Promise<T> {
  const answer = await link.ask("state_call", name, bytesToHex(args), at);
  const decoded = decode(codec, hex(answer as string));
  if (decoded.ok) return decoded.value;
  throw new DeskError({
    code: "runtime-foreign",
    what: `the chain answers ${name} in a form that this program does not know`,
    todo: "use the program's version that the node has",
  });
}
