// The way to oneself, in the head of every page: "Log in", or the person's name with a small menu. Documents for everybody carry the
// former, and <account-link> turns it into the latter; pages made for one person are drawn with the name.

interface AccountLinkProps {
  logOut: (form: FormData) => Promise<void>;
  /** Who is logged in, where the page knows. */
  name?: string;
  /** Rooms of the site that are open to them besides their settings. */
  rooms?: readonly ("desk" | "people")[];
}

export function AccountLink({ logOut, name, rooms = [] }: AccountLinkProps) {
  return (
    <account-link data-known={name === undefined ? undefined : ""}>
      <a href="/log-in" hidden={name !== undefined}>
        Log in
      </a>
      <details hidden={name === undefined}>
        <summary>
          <bdi>{name}</bdi>
        </summary>
        <div className="account-menu">
          <a href="/desk" data-room="desk" hidden={!rooms.includes("desk")}>
            Desk
          </a>
          <a href="/settings">Settings</a>
          <a href="/desk/people" data-room="people" hidden={!rooms.includes("people")}>
            People
          </a>
          <form action={logOut} aria-label="Log out">
            <button type="submit">Log out</button>
          </form>
        </div>
      </details>
    </account-link>
  );
}
