import type {ComponentChildren} from "preact";

interface TableProps {
  readonly caption: string;
  /** A name that begins with `#` heads a column of numbers. */
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
}

/** A table that scrolls by itself where it is wider than a phone, by keyboard too. */
export function Table({caption, columns, children}: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by the keyboard
    <section class="table-box" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(name => (
              <th key={name} scope="col" class={name.startsWith("#") ? "number" : undefined}>
                {name.replace(/^#/, "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
