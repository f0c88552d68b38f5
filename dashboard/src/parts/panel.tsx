import type {ComponentChildren} from "preact";
import {useId} from "preact/hooks";

interface PanelProps {
  readonly title: string;
  /** What answers the title's question at a glance. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A question and its answer. */
export function Panel({title, aside, children}: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div class="aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** What stands where nothing was heard yet. */
export function Waiting({
  failure,
  what = "the node",
}: {
  failure?: string | undefined;
  what?: string;
}) {
  return failure === undefined ? (
    <p class="soft">Asking {what} …</p>
  ) : (
    <p class="note bad">Not available: {failure}</p>
  );
}
