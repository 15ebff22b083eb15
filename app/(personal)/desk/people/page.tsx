// People, for the admin: find them, give and take roles, log them out, keep them out.
import { z } from "zod";
import { endSessions, setRoles, suspend } from "@/app/(personal)/desk/people/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { PersonRow } from "@/components/account/person-row";
import { SearchPeople } from "@/components/account/search-people";
import { Older } from "@/components/ui/older";
import { roles } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { readPeople } from "@/lib/services/people";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "People" };

const news = {
  welcome: "You are admin. This is where you make others author, editor, moderator or admin.",
  roles: "Saved. Who has other roles logs in anew.",
  suspended: "Suspended, and logged out everywhere.",
  unsuspended: "Not suspended any more.",
  ended: "Logged out everywhere.",
};

const number = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

const query = z.object({
  search: z
    .string()
    .transform((text) => text.trim().slice(0, limits.searchQuery))
    .catch("")
    .default(""),
  role: z.enum(roles).optional().catch(undefined),
  before: number,
  done: number,
});

/** The address of a page of the list. */
function addressOf(wish: { search: string; role?: string; before?: number }): string {
  const given = Object.entries(wish).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "/desk/people" : `/desk/people?${text}`;
}

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const { done, ...wish } = query.parse(await searchParams);
  const ctx = await onlyMembers(addressOf(wish));
  const { people, older } = await readPeople(ctx, wish);
  const told = await newsOf(searchParams, news);
  const states = { roles: formStateOf("roles"), suspend: formStateOf("suspend"), sessions: formStateOf("endSessions") };
  const sent = Object.values(states).find((state) => state !== undefined);
  const about = done ?? Number(sent?.values.id);
  return (
    <main id="main" className="listing people">
      <header className="listing-head">
        <h1>People</h1>
      </header>
      <div>
        <SearchPeople search={wish.search} role={wish.role} />
        {told && done === undefined && (
          <p className="house-note" role="status">
            {told}
          </p>
        )}
        {people.length === 0 ? (
          <p>Nobody was found.</p>
        ) : (
          <ul className="rows plain-list">
            {people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                back={addressOf(wish)}
                actions={{ roles: setRoles, suspend, sessions: endSessions }}
                states={person.id === about ? states : {}}
                news={person.id === done ? told : undefined}
              />
            ))}
          </ul>
        )}
        {older !== null && <Older href={addressOf({ ...wish, before: older })} label="Older accounts" />}
      </div>
    </main>
  );
});
