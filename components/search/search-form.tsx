// The box for searching: a plain form, on the front page and on the page of what was found.
import { limits } from "@/lib/domain/limits";

export function SearchForm({ words = "" }: { words?: string }) {
  return (
    <search>
      <form className="find-form" action="/search" aria-label="Search articles and discussions">
        <label className="visually-hidden" htmlFor="q">
          Words to look for
        </label>
        <input
          id="q"
          type="search"
          name="q"
          defaultValue={words}
          placeholder="Search articles and discussions"
          maxLength={limits.searchQuery}
          enterKeyHint="search"
          autoComplete="off"
          dir="auto"
        />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
