import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BlockRef, Round, type RoundState, sameBlock, VoterSet} from "./index.ts";
import {TestChain} from "./test-kit/chain.ts";
import {key} from "./test-kit/crypto.ts";

interface Cast {
  readonly precommit: boolean;
  readonly voter: number;
  readonly target: number;
}

/** Every block on its own, every vote asked anew: slow and plain. */
function oracle(
  chain: TestChain,
  blocks: readonly BlockRef[],
  set: VoterSet,
  casts: readonly Cast[],
): RoundState {
  const votes = (precommit: boolean) => {
    const byVoter = new Map<number, number[]>();
    for (const cast of casts) {
      if (cast.precommit !== precommit) continue;
      const known = byVoter.get(cast.voter) ?? [];
      if (known.length < 2 && !known.includes(cast.target)) known.push(cast.target);
      byVoter.set(cast.voter, known);
    }
    return byVoter;
  };
  const weighed = (byVoter: Map<number, number[]>) => {
    const sum = (voters: Iterable<number>) =>
      [...voters].reduce((total, voter) => total + set.voters[voter]!.weight, 0);
    const total = sum(byVoter.keys());
    const liars = [...byVoter].filter(([, targets]) => targets.length > 1).map(([voter]) => voter);
    const weight = (block: BlockRef) =>
      sum(
        [...byVoter]
          .filter(
            ([, targets]) =>
              targets.length > 1 || chain.isDescendant(block.hash, blocks[targets[0]!]!.hash),
          )
          .map(([voter]) => voter),
      );
    return {total, liars: sum(liars), weight};
  };
  const prevotes = weighed(votes(false));
  const precommits = weighed(votes(true));
  const {threshold, total, faulty} = set;
  if (prevotes.total < threshold) {
    return {ghost: undefined, finalized: undefined, estimate: undefined, completable: false};
  }
  const voted = casts.map(cast => blocks[cast.target]!);
  const inGraph = blocks.filter(block =>
    voted.some(target => chain.isDescendant(block.hash, target.hash)),
  );
  const highest = (candidates: readonly BlockRef[]) =>
    candidates.reduce<BlockRef | undefined>(
      (best, block) => (best === undefined || block.number > best.number ? block : best),
      undefined,
    );
  const ghost = highest(inGraph.filter(block => prevotes.weight(block) >= threshold))!;
  const below = inGraph.filter(block => chain.isDescendant(block.hash, ghost.hash));
  if (precommits.total < threshold) {
    return {ghost, finalized: undefined, estimate: ghost, completable: false};
  }
  const possible = (block: BlockRef) => {
    const cast = precommits.weight(block);
    const turned = Math.min(precommits.total - cast, Math.max(0, faulty - precommits.liars));
    return cast + (total - precommits.total) + turned >= threshold;
  };
  const finalized = highest(below.filter(block => precommits.weight(block) >= threshold));
  const estimate = highest(below.filter(possible));
  const completable =
    estimate !== undefined &&
    (!sameBlock(estimate, ghost) ||
      !inGraph.some(
        block =>
          block.number > ghost.number &&
          chain.isDescendant(ghost.hash, block.hash) &&
          possible(block),
      ));
  return {ghost, finalized, estimate, completable};
}

test("ghost, finalized, estimate and completable are what asking every block gives", () => {
  const scenario = fc.record({
    parents: fc.array(fc.nat(), {minLength: 1, maxLength: 25}),
    weights: fc.array(fc.integer({min: 1, max: 5}), {minLength: 1, maxLength: 9}),
    casts: fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), {maxLength: 40}),
  });
  let compared = 0;
  fc.assert(
    fc.property(scenario, ({parents, weights, casts: raw}) => {
      const chain = new TestChain();
      const blocks = [chain.finalized];
      for (const [i, parent] of parents.entries()) {
        blocks.push(chain.extend(blocks[parent % blocks.length]!, i));
      }
      const set = VoterSet.from(weights.map((weight, i) => ({id: key(i), weight})))!;
      const round = new Round({number: 1, voters: set, base: chain.finalized, chain});
      const casts: Cast[] = [];
      for (const [precommit, voter, target] of raw) {
        const cast = {
          precommit,
          voter: voter % set.voters.length,
          target: target % blocks.length,
        };
        casts.push(cast);
        const id = set.voters[cast.voter]!.id;
        const vote = {target: blocks[cast.target]!, id, signature: new Uint8Array(64)};
        round.cast(precommit ? "precommit" : "prevote", set.voters[cast.voter]!, vote);
      }
      const liars = new Set(
        casts
          .filter(one =>
            casts.some(
              other =>
                other.precommit === one.precommit &&
                other.voter === one.voter &&
                other.target !== one.target,
            ),
          )
          .map(cast => cast.voter),
      );
      const lying = [...liars].reduce((sum, voter) => sum + set.voters[voter]!.weight, 0);
      // Beyond a third of liars two forks may both reach the threshold, and any answer is as good.
      if (lying > set.faulty) return;
      compared++;
      assert.deepEqual(round.state, oracle(chain, blocks, set, casts));
    }),
    {numRuns: 1_000},
  );
  assert.ok(compared > 200, `${compared} of 1,000 were fit to compare`);
});
