import {err, type Result} from "#base";
import {type PackedSignature, packSignature, type Runtimes, type WatchedLine} from "#core";
import {type CryptoSuite, verifyMultiSignature, verifyMultiSignatures} from "#crypto";
import {invalid, type TransactionValidityAnswer} from "#primitives";
import {
  type ApiFailure,
  type Runtime,
  type RuntimeHost,
  type SignatureRequest,
  VALIDATE_TRANSACTION,
  validateTransaction,
} from "#runtime-api";
import {KnownEntries, Overlay, type StorageKey} from "#state";
import type {LikelyKeys} from "./likely-keys.ts";
import type {Answer, Question, Verdict} from "./messages.ts";
import type {StateOfBlock} from "./state-of-block.ts";

/** Times that a transaction is tried, each time with more of the state: one try tells of most that it lacks. */
const MOST_ROUNDS = 16;

const NOT_HERE: Verdict = {type: "NotHere"};

export interface ExaminerTools {
  readonly crypto: CryptoSuite;
  readonly runtimes: Runtimes;
  readonly line: WatchedLine;
  readonly likely: LikelyKeys;
  /** Asks for entries of the state; false where none will come. */
  readonly fetch: (state: StateOfBlock, keys: ReadonlySet<StorageKey>) => Promise<boolean>;
}

export interface Examined {
  /** One for each question, in no order. */
  readonly answers: readonly Answer[];
  readonly signatures: readonly PackedSignature[];
}

type Told = Result<TransactionValidityAnswer, ApiFailure>;

/** What a runtime said on trust, and the signatures that this stands on. */
interface OnTrust {
  readonly question: Question;
  readonly runtime: Runtime;
  /** Undefined: nothing was found out. */
  readonly told: Told | undefined;
  readonly signatures: readonly SignatureRequest[];
}

/**
 * Asks the runtime of a state about transactions, signatures taken on trust, and again with what of the state it lacked; then
 * checks the signatures together.
 */
export async function examine(
  state: StateOfBlock,
  questions: readonly Question[],
  tools: ExaminerTools,
): Promise<Examined> {
  const likely = new Set<StorageKey>();
  for (const {tx} of questions) {
    for (const key of tools.likely.of(tx)) if (!state.entries.has(key)) likely.add(key);
  }
  const isThere = likely.size === 0 || (await tools.fetch(state, likely));
  const onTrust: OnTrust[] = [];
  let left = questions;
  for (let round = 0; isThere && left.length > 0 && round < MOST_ROUNDS; round++) {
    const unknown = new Set<StorageKey>();
    left = await askOnTrust(state, left, {tools, onTrust, unknown});
    const isOver = left.length === 0 || unknown.size === 0;
    if (isOver || !(await tools.fetch(state, unknown))) break;
  }
  state.noteExamined(onTrust.length);
  const {answers, signatures} = await settle(state, onTrust, tools);
  return {answers: [...answers, ...left.map(({id}) => ({id, verdict: NOT_HERE}))], signatures};
}

/** Returns those that have to be asked about again. */
async function askOnTrust(
  state: StateOfBlock,
  questions: readonly Question[],
  {tools, onTrust, unknown}: {tools: ExaminerTools; onTrust: OnTrust[]; unknown: Set<StorageKey>},
): Promise<readonly Question[]> {
  const view = new KnownEntries(state.entries, unknown);
  const runtime = tools.runtimes.runtimeOf({
    get(key) {
      state.noteNeeded(key);
      return view.get(key);
    },
  });
  if (unknown.size > 0 || !runtime.ok) return questions;
  const again: Question[] = [];
  const ask = async (question: Question) => {
    const lacking = new Set<StorageKey>();
    const signatures: SignatureRequest[] = [];
    const verifySignature = (request: SignatureRequest) => signatures.push(request) > 0;
    const view = new KnownEntries(state.entries, lacking);
    const asking = {state, view, question, tools, verifySignature};
    const told = await askRuntime(runtime.value, asking);
    const isWhole = lacking.size === 0;
    if (isWhole) onTrust.push({question, runtime: runtime.value, told, signatures});
    // What did not end over a state that was not whole would be tried again for as long.
    else if (!isGivenUp(told)) again.push(question);
    else onTrust.push({question, runtime: runtime.value, told: undefined, signatures: []});
    for (const key of lacking) {
      unknown.add(key);
      tools.likely.learn(question.tx, key);
    }
  };
  // Those of a runtime that is watched over go many under one watch.
  await Promise.all(questions.map(ask));
  return again;
}

interface Asking extends Pick<RuntimeHost, "verifySignature"> {
  readonly state: StateOfBlock;
  readonly view: KnownEntries;
  readonly question: Question;
  readonly tools: ExaminerTools;
}

function askRuntime(
  runtime: Runtime,
  {state, view, question: {source, tx}, tools, verifySignature}: Asking,
): Told | Promise<Told> {
  const host = {state: new Overlay(view), verifySignature};
  return tools.line.ask(runtime, VALIDATE_TRANSACTION, () =>
    validateTransaction(runtime, host, {source, tx, at: state.block}),
  );
}

async function settle(
  state: StateOfBlock,
  onTrust: readonly OnTrust[],
  tools: ExaminerTools,
): Promise<{readonly answers: Answer[]; readonly signatures: PackedSignature[]}> {
  const asked = onTrust.flatMap(({signatures}) => signatures);
  const signed = asked.map(({account, ...rest}) => ({...rest, signer: account}));
  const holds = verifyMultiSignatures(tools.crypto, signed);
  const good = asked.filter((_, i) => holds[i]);
  let next = 0;
  const verdicts = onTrust.map(one => {
    const end = next + one.signatures.length;
    const areGood = holds.slice(next, end).every(Boolean);
    next = end;
    return areGood ? verdictOf(one.told) : withoutTrust(state, one, tools);
  });
  const answers: Answer[] = [];
  for (const [i, {question}] of onTrust.entries()) {
    answers.push({id: question.id, verdict: await verdicts[i]!});
  }
  return {answers, signatures: good.flatMap(request => packSignature(request) ?? [])};
}

/** A runtime that takes promises has nothing more to say; any other is told the truth, and may do with it what it likes. */
async function withoutTrust(
  state: StateOfBlock,
  {question, runtime}: OnTrust,
  tools: ExaminerTools,
): Promise<Verdict> {
  if (runtime.takesPromises === true) return {type: "Judged", value: err(invalid("BadProof"))};
  const lacking = new Set<StorageKey>();
  const view = new KnownEntries(state.entries, lacking);
  const verifySignature = ({scheme, signature, message, account}: SignatureRequest) =>
    verifyMultiSignature(tools.crypto, scheme, signature, message, account);
  const told = await askRuntime(runtime, {state, view, question, tools, verifySignature});
  return lacking.size > 0 ? NOT_HERE : verdictOf(told);
}

const isGivenUp = (told: Told): boolean => !told.ok && told.error.code === "given-up";

/** What is out of the ordinary is left to whoever asks, who can find out and say more of it. */
function verdictOf(told: Told | undefined): Verdict {
  if (told === undefined) return NOT_HERE;
  if (!told.ok) {
    const {error} = told;
    return error.code === "given-up" ? {type: "GivenUp", value: error.milliseconds} : NOT_HERE;
  }
  if (told.value.ok) return {type: "Judged", value: told.value};
  const {error} = told.value;
  return error.type === "Unrecognized" ? NOT_HERE : {type: "Judged", value: err(error)};
}
