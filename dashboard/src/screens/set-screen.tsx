import {SetPanel} from "../panels/set-panel.tsx";

export function SetScreen() {
  return (
    <>
      <h1 class="hidden">The collator set</h1>
      <SetPanel />
    </>
  );
}
