import {useEffect, useState} from "preact/hooks";
import {
  type FoundValues,
  lookUp,
  readKeys,
  type StorageEntry,
  storageEntries,
} from "../chain/look-up.ts";
import {type ChainRuntime, runtimeAt} from "../chain/runtime.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {plural} from "../text/short.ts";
import {FoundPanel} from "./found-panel.tsx";

/** Opens where an operator looks first. */
const FIRST = "CollatorSelection.Candidates";

const nameOf = ({pallet, entry}: StorageEntry) => `${pallet}.${entry}`;

/** What stands in the state under a name. */
export function QueryPanel() {
  const [runtime, setRuntime] = useState<ChainRuntime>();
  const [entries, setEntries] = useState<readonly StorageEntry[]>([]);
  const [name, setName] = useState(FIRST);
  const [found, setFound] = useState<{entry: StorageEntry; hash: string} & FoundValues>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    runtimeAt().then(
      read => {
        setRuntime(read);
        setEntries(storageEntries(read));
      },
      error => setFailure(failureText(error)),
    );
  }, []);
  if (runtime === undefined) {
    return (
      <Panel title="Query the state">
        <Waiting failure={failure} what="what the state holds" />
      </Panel>
    );
  }
  const entry = entries.find(each => nameOf(each) === name) ?? entries[0]!;
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const given = form.getAll("key").map(String);
    try {
      setFailure(undefined);
      setFound(undefined);
      const keys = readKeys(given.slice(0, firstEmpty(given)), entry, runtime);
      const at = String(form.get("block")).trim();
      const hash = await hashAt(at);
      setFound({entry, hash, ...(await lookUp(entry, keys, await runtimeAt(hash), hash))});
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  return (
    <>
      <Panel title="Query the state" aside={plural(entries.length, "entry", "entries")}>
        <form class="row ends" onSubmit={onSubmit}>
          <label class="field">
            <span>Entry</span>
            <select value={nameOf(entry)} onChange={event => setName(event.currentTarget.value)}>
              {entries.map(each => (
                <option key={nameOf(each)} value={nameOf(each)}>
                  {nameOf(each)}
                </option>
              ))}
            </select>
          </label>
          {Array.from({length: entry.keys}, (_, i) => (
            <label key={`${name}-${i}`} class="field">
              <span>{entry.keys > 1 ? `Key ${i + 1}` : "Key"}, or empty for all</span>
              <input name="key" autocomplete="off" spellcheck={false} />
            </label>
          ))}
          <label class="field">
            <span>At block, or empty for the best</span>
            <input name="block" inputMode="numeric" autocomplete="off" />
          </label>
          <button type="submit" class="main">
            Query
          </button>
        </form>
        {entry.docs !== "" && <p class="soft">{entry.docs}</p>}
        {failure !== undefined && <p class="note bad">{failure}</p>}
      </Panel>
      {found !== undefined && <FoundPanel {...found} />}
    </>
  );
}

function firstEmpty(given: readonly string[]): number {
  const at = given.findIndex(text => text.trim() === "");
  return at < 0 ? given.length : at;
}

async function hashAt(place: string): Promise<string> {
  if (/^0x[0-9a-f]{64}$/i.test(place)) return place;
  const digits = place.replace(/[,.\s]/g, "");
  if (!/^\d{0,15}$/.test(digits)) {
    throw new Error(`“${place}” is no block: it takes a number, a hash, or nothing for the best`);
  }
  const number = digits === "" ? [] : [Number(digits)];
  const hash = await node.call<string | null>("chain_getBlockHash", number);
  if (hash === null) throw new Error("this node has no such block");
  return hash;
}
