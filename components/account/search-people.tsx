// Finding people: by name, user name or address, and by role.
import { type Role, roles } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { roleLabels } from "@/lib/ui/labels";

export function SearchPeople({ search, role }: { search: string; role?: Role }) {
  return (
    <search>
      <form className="search-form" action="/desk/people" aria-label="Search people">
        <div className="field">
          <label htmlFor="search">Name, user name or email</label>
          <input id="search" name="search" dir="auto" maxLength={limits.searchQuery} defaultValue={search} />
        </div>
        <div className="field">
          <label htmlFor="role">Role</label>
          <select id="role" name="role" defaultValue={role ?? ""}>
            <option value="">Any</option>
            {roles.map((each) => (
              <option key={each} value={each}>
                {roleLabels[each]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
