import {useEffect, useState} from "preact/hooks";
import {Panel, Waiting} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";

/** What else can be asked of it. */
export function MethodsPanel() {
  const [methods, setMethods] = useState<readonly string[]>();
  useEffect(() => {
    node.call<{methods: string[]}>("rpc_methods").then(
      ({methods: names}) => setMethods(names),
      () => undefined,
    );
  }, []);
  const groups = new Map<string, string[]>();
  for (const name of methods ?? []) {
    const group = name.split(/[_.]/, 1)[0]!;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return (
    <Panel title="JSON-RPC" aside={methods && `${methods.length} methods at ${location.host}`}>
      {methods === undefined ? (
        <Waiting />
      ) : (
        [...groups].map(([group, names]) => (
          <details key={group}>
            <summary>
              {group} <span class="soft">{names.length}</span>
            </summary>
            <p class="mono">{names.join(" ")}</p>
          </details>
        ))
      )}
    </Panel>
  );
}
