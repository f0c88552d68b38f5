import {KickedPanel} from "../panels/kicked-panel.tsx";
import {SetPanel} from "../panels/set-panel.tsx";

export function CollatorsScreen() {
  return (
    <>
      <h1 class="hidden">The collator set</h1>
      <SetPanel />
      <KickedPanel />
    </>
  );
}
