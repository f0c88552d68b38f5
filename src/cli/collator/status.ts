import {SUCCESS} from "../command.ts";
import {askUnit} from "../desk/chain-at-hand.ts";
import type {NodeLink} from "../desk/node-link.ts";
import type {StatusJson} from "../desk/status-json.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {tell, tellAgain} from "../screen.ts";
import {askStatus} from "./check-node.ts";
import {statusLines} from "./status-lines.ts";
import {askStorage, storageLines} from "./storage-lines.ts";

/** Exit code of a verdict that asks the operator to act, so that scripts need not read. */
const ACT = 3;

/** What is on the disk changes slowly; in milliseconds. */
const STORAGE_EVERY = 60_000;

const codeOf = ({verdict: {level}}: StatusJson): number => (level === "bad" ? ACT : SUCCESS);

/** How collating goes, in a sentence and the facts behind it. */
export async function status(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  const first = await askStatus(link);
  const unit = await askUnit(link);
  let storage = await askStorage(link);
  let askedAt = performance.now();
  const show = (item: StatusJson, tellIt: typeof tell) => {
    if (values.has("json")) return terminal.stdout(JSON.stringify({...item, storage}));
    const [sentence = "", ...facts] = statusLines(item, unit, Date.now());
    const lines = [...facts, ...storageLines(storage)];
    tellIt(terminal, [{text: sentence, tone: item.verdict.level}, ...lines]);
  };
  if (!values.has("watch")) {
    show(first, tell);
    return codeOf(first);
  }
  return link.until<number>("collator_subscribeStatus", [], async item => {
    if (performance.now() - askedAt > STORAGE_EVERY) {
      storage = await askStorage(link);
      askedAt = performance.now();
    }
    show(item as StatusJson, tellAgain);
    return undefined;
  });
}
