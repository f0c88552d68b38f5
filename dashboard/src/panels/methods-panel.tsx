import {Panel, Waiting} from "../parts/panel.tsx";
import {methods} from "../state/chain.ts";
import {plural} from "../text/short.ts";

/** What else can be asked of it. */
export function MethodsPanel() {
  const all = methods.value.value;
  const groups = new Map<string, string[]>();
  for (const name of all ?? []) {
    const group = name.split(/[_.]/, 1)[0]!;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return (
    <Panel title="JSON-RPC" aside={all && `${plural(all.length, "method")} at ${location.host}`}>
      {all === undefined ? (
        <Waiting failure={methods.failure.value} />
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
