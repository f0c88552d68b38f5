import type {ComponentChildren} from "preact";

/** Rows of a name and what it is. */
export function Facts({children}: {children: ComponentChildren}) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({name, children}: {name: string; children: ComponentChildren}) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
