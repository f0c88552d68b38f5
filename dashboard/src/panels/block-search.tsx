import {goTo} from "../route.ts";

/** A number or a hash leads to the block. */
export function BlockSearch() {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget as HTMLFormElement).get("block")).trim();
    const place = text.replace(/[,.\s]/g, "");
    if (/^(\d+|0x[0-9a-f]{64})$/i.test(place)) goTo(`/blocks/${place}`);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no element for a search in all browsers yet
    <form class="row ends" role="search" onSubmit={onSubmit}>
      <label class="field">
        <span>Block, by number or hash</span>
        <input
          name="block"
          autocomplete="off"
          spellcheck={false}
          required
          pattern="\s*([0-9][0-9,. ]*|0x[0-9a-fA-F]{64})\s*"
        />
      </label>
      <button type="submit">Show</button>
      <a href="#/blocks">Newest</a>
    </form>
  );
}
