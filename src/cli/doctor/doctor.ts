import {answer} from "../answer.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import type {Line, Tone} from "../key/terminal.ts";
import {FlagError, FlagReader} from "../node/flag-reader.ts";
import {row, table} from "../table.ts";
import {checkChain} from "./check-chain.ts";
import {checkClock} from "./check-clock.ts";
import {checkDisk} from "./check-disk.ts";
import {checkPermissions} from "./check-permissions.ts";
import {checkPorts} from "./check-ports.ts";
import {checkWork} from "./check-work.ts";
import type {Finding} from "./finding.ts";
import {meetPatient} from "./patient.ts";

/** Looks at all of it; 1 where something is bad. */
export async function doctor(values: FlagValues, terminal: Terminal): Promise<number> {
  checkNumbers(values);
  const patient = await meetPatient(values);
  try {
    const findings = [
      ...(await checkClock(patient)),
      ...checkDisk(patient),
      ...(await checkPorts(patient)),
      ...checkPermissions(patient),
      ...checkChain(patient),
      await checkWork(patient),
    ];
    const bad = findings.filter(({level}) => level === "bad");
    answer(terminal, values, findings, lines(findings, terminal.columns));
    return bad.length === 0 ? SUCCESS : FAILURE;
  } finally {
    patient.link?.close();
  }
}

/** Numbers of a node's flags are held to what the node would take. */
function checkNumbers(values: FlagValues): void {
  const flags = new FlagReader(values);
  try {
    for (const port of ["port", "rpc-port", "prometheus-port"]) flags.count(port, 65_535);
    flags.count("min-free-space");
  } catch (error) {
    if (error instanceof FlagError) throw new DeskError(error.report);
    throw error;
  }
}

/** What is in order does not ask for attention. */
const TONES: Readonly<Partial<Record<Finding["level"], Tone>>> = {warn: "waiting", bad: "bad"};

function lines(findings: readonly Finding[], columns: number | undefined): Line[] {
  const rows = findings.map(({level, check, what}) => [level, check, what]);
  const [head = "", ...rest] = table(["", "what", "found"], rows, {columns});
  const count = (level: Finding["level"]) => findings.filter(each => each.level === level).length;
  return [
    head,
    ...rest.flatMap((line, i) => {
      const {level, todo} = findings[i]!;
      const tone = TONES[level];
      const found = tone === undefined ? line : {text: line, tone};
      return todo === undefined ? [found] : [found, row("do", todo)];
    }),
    "",
    `${count("ok")} ok, ${count("warn")} to look at, ${count("bad")} bad`,
  ];
}
