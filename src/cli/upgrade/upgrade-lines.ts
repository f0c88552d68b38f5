import type {Report} from "#base";
import {MOST_PROOF, type UpgradeBlock} from "#node";
import {row} from "../table.ts";
import type {UpgradeReport} from "./run-upgrade.ts";

/** For people. */
export function upgradeLines(report: UpgradeReport): string[] {
  const {chain, from, to, blocks, isJudged, changed, unreadable, failures} = report;
  const left = unreadable.filter(({reason}) => reason === undefined);
  return [
    `${chain}: ${from} → ${to}`,
    ...listed("path", blocks.map(blockLine)),
    row(
      "judged",
      isJudged
        ? `by the runtime's own validate_block: ${countOf(blocks, "valid")} of ${blocks.length} blocks are valid, ${countOf(blocks, "not judged")} not judged`
        : "not: --judge has the runtime's validate_block look at each block",
    ),
    ...listed(
      "changed",
      changed.map(({item, added, removed, changed: other}) =>
        [item, ...counted("+", added), ...counted("-", removed), ...counted("~", other)].join(" "),
      ),
    ),
    ...listed(
      "left behind",
      left.map(({item, count}) => `${item} ${count}: the new runtime has no such item`),
    ),
    ...listed("failed", failures.length === 0 ? ["nothing"] : failures),
  ];
}

const countOf = (blocks: readonly UpgradeBlock[], wanted: UpgradeBlock["verdict"]) =>
  blocks.filter(({verdict}) => verdict === wanted).length;

const listed = (label: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => row(i === 0 ? label : "", line));

const counted = (sign: string, count: number): string[] => (count === 0 ? [] : [`${sign}${count}`]);

function blockLine({number, what, took, weight, proofSize}: UpgradeBlock): string {
  const share = shareOf(weight);
  const facts = [
    `${took} ms`,
    ...(share === undefined ? [] : [`${share} of a block's weight`]),
    ...(proofSize === undefined
      ? []
      : [`proof ${proofSize.toLocaleString("en")} of ${MOST_PROOF.toLocaleString("en")} bytes`]),
  ];
  return `block ${number}: ${what} (${facts.join(", ")})`;
}

/** Of what a block may weigh; undefined where that is not known. */
export function shareOf(weight: UpgradeBlock["weight"]): string | undefined {
  const most = weight?.most?.refTime;
  if (weight === undefined || most === undefined || most === 0n) return undefined;
  return `${Number((weight.refTime * 10_000n) / most) / 100} %`;
}

/** For programs. Weights as texts: they go beyond what JSON's numbers hold. */
export const upgradeJson = ({blocks, ...report}: UpgradeReport): object => ({
  ...report,
  blocks: blocks.map(({weight, ...block}) => ({
    ...block,
    proofSize: block.proofSize ?? null,
    weight:
      weight === undefined
        ? null
        : {
            refTime: String(weight.refTime),
            proofSize: weight.proofSize === undefined ? null : String(weight.proofSize),
            maxRefTime: weight.most === undefined ? null : String(weight.most.refTime),
            maxProofSize:
              weight.most?.proofSize === undefined ? null : String(weight.most.proofSize),
          },
  })),
});

/** For programs, of a rehearsal that came to nothing: no blocks, and why. */
export const notBegunJson = (chain: string, {code, what}: Report): object => ({
  chain,
  code,
  blocks: [],
  failures: [what],
});
