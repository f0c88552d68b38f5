import {call, done, ensureSigned, failed} from "../../../frame/index.ts";
import {includesAccount} from "../candidates.ts";
import type {Selection} from "../config.ts";
import {collatorSelectionWeights} from "../weights.ts";

/**
 * Registers the caller and reserves the bond. The kick clock starts one threshold late, since the keys become
 * active only two sessions on.
 */
export const registerAsCandidate = ({config, deps, storage, events, errors}: Selection) =>
  call({
    name: "register_as_candidate",
    index: 3,
    docs: "Register this account as a collator candidate. The account must (a) already have registered session keys and (b) be able to reserve the `CandidacyBond`.",
    args: {},
    weight: () => collatorSelectionWeights.registerAsCandidate(BigInt(config.maxCandidates)),
    dispatch(state, origin) {
      const signer = ensureSigned(origin);
      if (!signer.ok) return failed(signer.error);
      const who = signer.value;
      const candidates = storage.candidates.get(state);
      if (candidates.length >= storage.desiredCandidates.get(state)) {
        return failed(errors.TooManyCandidates);
      }
      if (includesAccount(storage.invulnerables.get(state), who)) {
        return failed(errors.AlreadyInvulnerable);
      }
      if (!deps.isRegistered(state, who)) return failed(errors.ValidatorNotRegistered);
      const accounts = candidates.map(candidate => candidate.who);
      if (includesAccount(accounts, who)) return failed(errors.AlreadyCandidate);
      const deposit = storage.candidacyBond.get(state);
      const reserved = deps.currency.reserve(state, who, deposit);
      if (!reserved.ok) return failed(reserved.error);
      if (candidates.length >= config.maxCandidates) return failed(errors.TooManyCandidates);
      storage.candidates.set(state, [...candidates, {who, deposit}]);
      const clockStart = deps.blockNumber(state) + config.kickThreshold;
      storage.lastAuthoredBlock.set(state, who, clockStart);
      events.CandidateAdded(state, {accountId: who, deposit});
      const count = BigInt(candidates.length + 1);
      return done({actualWeight: collatorSelectionWeights.registerAsCandidate(count)});
    },
  });
