import {AlertsPanel} from "../panels/alerts-panel.tsx";
import {AuthoringPanel} from "../panels/authoring-panel.tsx";
import {IdentityPanel} from "../panels/identity-panel.tsx";
import {MethodsPanel} from "../panels/methods-panel.tsx";
import {ProcessPanel} from "../panels/process-panel.tsx";
import {StoragePanel} from "../panels/storage-panel.tsx";
import {SyncPanel} from "../panels/sync-panel.tsx";

/** What the node tells of itself. */
export function NodeScreen() {
  return (
    <>
      <h1 class="hidden">The node</h1>
      <div class="columns wide">
        <div class="cards">
          <IdentityPanel />
          <AuthoringPanel />
          <ProcessPanel />
          <StoragePanel />
          <SyncPanel />
        </div>
        <div class="cards">
          <AlertsPanel />
          <MethodsPanel />
        </div>
      </div>
    </>
  );
}
