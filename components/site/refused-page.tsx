// What somebody reads whom another service sent, and who was not let in.

/** @param why a sentence */
export function RefusedPage({ why, memberAlready }: { why: string; memberAlready: boolean }) {
  return (
    <main id="main" className="outcome">
      <h1>You were not logged in that way</h1>
      <p>{why}</p>
      <p>
        {memberAlready ? <a href="/settings">To your settings</a> : <a href="/log-in">Log in with a password</a>}, or go
        to <a href="/">the newest articles</a>.
      </p>
    </main>
  );
}
