/**
 * How things went, for who looks later: how far finality was behind and how many peers there were, as the node noted it while
 * it ran; and what became of own slots, from their journal. Both come in steps of one length, a few hundred of them whatever
 * the range, so that an answer is small and a chart is drawn of it as it is. Notes are kept in four rings, the last hour in
 * steps of five seconds, the last thirty days in steps of an hour: some kilobytes, in memory. Before the node ran nothing was
 * noted, and that is said (`since`).
 *
 * Out of scope: rewards (`RewardBook`), and what a chain itself remembers of its blocks.
 */
export {LagHistory, type LagPoint} from "./lag-history.ts";
export {type SlotBucket, slotBuckets, stepOf} from "./slot-buckets.ts";
