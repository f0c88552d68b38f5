import {goTo, route} from "../route.ts";

/** One field for all that a chain has names for. */
export function SearchField() {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get("search")).trim();
    if (text !== "") goTo(`/search/${encodeURIComponent(text)}`);
  };
  const {name, detail} = route.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no element for a search in all browsers yet
    <form class="search" role="search" onSubmit={onSubmit}>
      <label>
        <span class="hidden">Search for a block, an account, a transaction or an event</span>
        <input
          key={name === "search" ? detail : ""}
          name="search"
          type="search"
          placeholder="Block, account, hash or event"
          defaultValue={name === "search" ? detail : ""}
          autocomplete="off"
          spellcheck={false}
          required
        />
      </label>
      <button type="submit">Search</button>
    </form>
  );
}
