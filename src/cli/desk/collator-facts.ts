import {bytesToHex, equalBytes, hex} from "#base";
import {type Codec, decode, encode, u64} from "#codec";
import {
  type AccountFacts,
  accountOfApi,
  type MemberFacts,
  readAccount,
  readSession,
  readSet,
  type SessionFacts,
  type SetFacts,
  sessionOfApi,
  setOfApi,
  type UnpublishedRules,
} from "#desk";
import {accountId} from "#primitives";
import {accountStanding, apiVersion, collatorSet, sessionStatus} from "#runtime-api";
import {type Ask, RpcFailure} from "../rpc-client.ts";
import type {ChainRuntime} from "./chain-runtime.ts";
import {DeskError} from "./desk-error.ts";
import {readRemotely} from "./remote-state.ts";

/** What the chain says of its collators and of one account, as of one block. */
export interface CollatorFacts {
  readonly block: number;
  readonly set: SetFacts;
  readonly session: SessionFacts;
  readonly account: AccountFacts;
  /** The account among those who have to do with making blocks. */
  readonly member: MemberFacts | undefined;
  /** Milliseconds. */
  readonly slotDuration: number | undefined;
}

export interface FactSource {
  readonly ask: Ask;
  readonly chain: ChainRuntime;
}

/** Keys are compared as a whole here; who wants them apart asks the runtime. */
const unsplit = () => undefined;

const NOTHING = new Uint8Array(0);

/** Of a block, or of the best one. Chains of this program's runtime are asked, any other is read by its description. */
export async function askFacts(
  {ask, chain}: FactSource,
  account: Uint8Array,
  block?: string,
): Promise<CollatorFacts> {
  const at = block ?? ((await ask("chain_getBlockHash")) as string);
  const pace = await askPace(ask, at);
  const rules = {...pace, ...(await askRules(ask))};
  const [facts, header] = await Promise.all([
    hasCollatorApi(chain)
      ? factsOfApi(ask, account, at)
      : readRemotely(ask, chain, at, reader => ({
          session: readSession(reader, rules),
          set: readSet(reader, undefined, rules),
          account: readAccount(reader, account),
        })),
    ask("chain_getHeader", at) as Promise<{number: string}>,
  ]);
  const {slotDuration} = pace;
  const {session, set} = facts;
  if (session === undefined || set === undefined) throw noSessions();
  const member = set.members.find(each => equalBytes(each.account, account));
  return {...facts, session, set, member, block: Number(header.number), slotDuration};
}

/** Who authors on top of a block. */
export async function askSession({ask, chain}: FactSource, block: string): Promise<SessionFacts> {
  const session = hasCollatorApi(chain)
    ? sessionOfApi(await call(ask, "CollatorApi_session_status", NOTHING, sessionStatus, block))
    : await readRemotely(ask, chain, block, readSession);
  if (session === undefined) throw noSessions();
  return session;
}

const hasCollatorApi = ({apis}: ChainRuntime): boolean =>
  apiVersion({version: {apis}}, "CollatorApi") !== undefined;

async function factsOfApi(ask: Ask, account: Uint8Array, at: string) {
  const [set, session, standing] = await Promise.all([
    call(ask, "CollatorApi_collator_set", NOTHING, collatorSet, at),
    call(ask, "CollatorApi_session_status", NOTHING, sessionStatus, at),
    call(ask, "CollatorApi_account_standing", encode(accountId, account), accountStanding, at),
  ]);
  return {
    session: sessionOfApi(session),
    set: setOfApi(set, unsplit),
    account: accountOfApi(standing, unsplit),
  };
}

/** Rules that runtimes do not publish, as a node of this program found them out. */
async function askRules(ask: Ask): Promise<Omit<UnpublishedRules, "period">> {
  try {
    const set = (await ask("collator_set")) as {
      kickThreshold: number | null;
      minEligible: number | null;
      isOfCandidates: boolean;
    };
    return {
      kickThreshold: set.kickThreshold ?? undefined,
      minEligible: set.minEligible ?? undefined,
      isOfCandidates: set.isOfCandidates,
    };
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error;
    return {kickThreshold: undefined, minEligible: undefined, isOfCandidates: false};
  }
}

interface Pace {
  /** Blocks of a session, and milliseconds of real time that a slot takes. */
  readonly period: number | undefined;
  readonly slotDuration: number | undefined;
}

/** As a node of this program tells it, which knows what runtimes do not publish; of others, as far as their runtime does. */
async function askPace(ask: Ask, at: string): Promise<Pace> {
  try {
    const info = (await ask("khala_sessionInfo")) as {period: number | null; slotDuration: number};
    return {period: info.period ?? undefined, slotDuration: info.slotDuration};
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error;
    return {period: undefined, slotDuration: await askSlotDuration(ask, at)};
  }
}

async function askSlotDuration(ask: Ask, at: string): Promise<number | undefined> {
  try {
    const answer = await ask("state_call", "AuraApi_slot_duration", "0x", at);
    const duration = decode(u64, hex(answer as string));
    return duration.ok ? Number(duration.value) : undefined;
  } catch (error) {
    if (error instanceof RpcFailure) return undefined;
    throw error;
  }
}

async function call<T>(
  ask: Ask,
  name: string,
  args: Uint8Array,
  codec: Codec<T>,
  at: string,
): Promise<T> {
  const answer = await ask("state_call", name, bytesToHex(args), at);
  const decoded = decode(codec, hex(answer as string));
  if (decoded.ok) return decoded.value;
  throw new DeskError({
    code: "runtime-foreign",
    what: `the chain answers ${name} in a form that this program does not know`,
    todo: "use the program's version that the node has",
  });
}

const noSessions = (): DeskError =>
  new DeskError({
    code: "sessions-missing",
    what: "the chain publishes no sessions, and so nobody's session keys",
    todo: "see how collators come and go on this chain: it is not by this command",
  });
