import {SetPanel} from "../panels/set-panel.tsx";

export function CollatorsScreen() {
  return (
    <>
      <h1 class="hidden">The collator set</h1>
      <SetPanel />
    </>
  );
}
