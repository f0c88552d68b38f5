import {bytesToHex, equalBytes, err, type Logger, ok, type Result} from "#base";
import {decode} from "#codec";
import {
  type PromisedVote,
  type SignVote,
  signingPayload,
  type VoteKind,
  type VoteMessage,
  type VoterDependencies,
  type VoteToSign,
  voteMessage,
} from "#consensus";
import {describeGuardRefusal, type Keystore, type SigningGuard} from "#keystore";

/** The order in which the kinds are cast in a round. */
const STEPS: readonly VoteKind[] = ["PrimaryPropose", "Prevote", "Precommit"];
const DAMAGED = "what this key has promised for this place cannot be read any more";
/** Bytes of a vote without its round and set (spec/network §2.4). */
const MESSAGE_SIZE = 37;

/** Signs votes, each step of each round once, whatever becomes of this process. */
export function createVoteSigner(deps: {
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly logger: Logger;
}): Pick<VoterDependencies, "sign" | "promised"> {
  const {keystore, guard} = deps;
  const failures = new Failures(deps.logger);
  const sign: SignVote = (key, {message, round, setId}) => {
    const asked = signingPayload(message, round, setId);
    const taken = guard.take("gran", key, [setId, round, STEPS.indexOf(message.type)], asked);
    let payload = asked;
    if (!taken.ok) {
      const {error} = taken;
      const reason = describeGuardRefusal(error);
      if (error.code === "guard-unwritable") return failures.later(key, reason);
      if (error.code !== "promised-otherwise") return failures.refused(key, reason);
      payload = error.content;
    }
    const said = payload === asked ? ok(message) : readVote(payload, {message, round, setId});
    if (!said.ok) return failures.refused(key, said.error);
    const signature = keystore.sign("gran", key, payload);
    if (!signature.ok) return failures.later(key, signature.error.code);
    failures.over(key);
    return {code: "signed", message: said.value, signature: signature.value};
  };
  return {
    sign,
    promised(key) {
      const last = guard.last("gran", key);
      if (!last.ok) return failures.later(key, describeGuardRefusal(last.error)).code;
      return last.value === undefined ? undefined : promisedVote(last.value);
    },
  };
}

function promisedVote({
  place: [setId = 0, round = 0, step = 0],
  content,
}: {
  readonly place: readonly number[];
  readonly content: Uint8Array | undefined;
}): PromisedVote {
  const message = content === undefined ? undefined : readMessage(content);
  const target = message?.ok === true ? message.value.value : undefined;
  return {setId, round, kind: STEPS[step] ?? "Precommit", target};
}

function readMessage(payload: Uint8Array) {
  const decoded = decode(voteMessage, payload.subarray(0, MESSAGE_SIZE));
  return decoded.ok ? decoded : err(DAMAGED);
}

/** The vote of a promise, if it is one for this very place: what is signed is never just what a file holds. */
function readVote(
  payload: Uint8Array,
  {message: asked, round, setId}: VoteToSign,
): Result<VoteMessage, string> {
  const message = readMessage(payload);
  if (!message.ok) return message;
  const isOfThisPlace =
    message.value.type === asked.type &&
    equalBytes(payload, signingPayload(message.value, round, setId));
  return isOfThisPlace ? message : err(DAMAGED);
}

/** Says why a key casts no vote: once, until it casts one again or there is another reason. */
class Failures {
  readonly #logger: Logger;
  readonly #said = new Map<string, string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  refused(key: Uint8Array, reason: string): {code: "refused"} {
    this.#say(key, reason, "vote not cast");
    return {code: "refused"};
  }

  later(key: Uint8Array, reason: string): {code: "later"} {
    this.#say(key, reason, "vote not cast yet: it will be tried again");
    return {code: "later"};
  }

  over(key: Uint8Array): void {
    this.#said.delete(bytesToHex(key));
  }

  #say(key: Uint8Array, reason: string, message: string): void {
    const voter = bytesToHex(key);
    if (this.#said.get(voter) === reason) return;
    this.#said.set(voter, reason);
    this.#logger.log("warn", "grandpa", message, {voter, reason});
  }
}
