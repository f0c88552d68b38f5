import type {FoundValues, StorageEntry} from "../chain/look-up.ts";
import {lineText, plain, valueText} from "../chain/value-text.ts";
import {Hash} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {bytesText, plural} from "../text/short.ts";

interface FoundPanelProps extends FoundValues {
  readonly entry: StorageEntry;
  readonly hash: string;
}

/** What was found, decoded; each value with the raw key that it stands under. */
export function FoundPanel({entry, hash, values, isCut}: FoundPanelProps) {
  return (
    <Panel
      title={`${entry.pallet}.${entry.entry}`}
      aside={
        <>
          at <Hash of={hash} ends={4} />
        </>
      }
    >
      <p role="status" class="lead">
        {values.length === 0 ? "Nothing is stored." : plural(values.length, "value")}
        {isCut && ", and more"}
      </p>
      {values.length === 1 ? (
        <>
          {values[0]!.keys.length > 0 && <p class="value">{lineText(values[0]!.keys)}</p>}
          <pre>{valueText(values[0]!.value)}</pre>
          <p class="soft">
            {values[0]!.bytes === 0
              ? "nothing is stored: the default"
              : bytesText(values[0]!.bytes)}
            , under <span class="mono">{values[0]!.key}</span>
          </p>
        </>
      ) : (
        values.length > 0 && (
          <Table caption="Values" columns={["Key", "Value", "#Size"]}>
            {values.map(({key, keys, value, bytes}) => (
              <tr key={key}>
                <th scope="row" class="mono" title={key}>
                  {lineText(keys)}
                </th>
                <td class="value">{JSON.stringify(plain(value)) ?? "none"}</td>
                <td class="number nowrap">{bytesText(bytes)}</td>
              </tr>
            ))}
          </Table>
        )
      )}
    </Panel>
  );
}
