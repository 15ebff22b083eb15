// What stands on a page when there is nothing to show: short, and never a dead end.
import type { ReactNode } from "react";

function Outcome({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" className="outcome">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

export function NotFoundPage() {
  return (
    <Outcome title="There is nothing at this address">
      <p>It may have moved, or never have been here. An address that was copied by hand may miss a letter.</p>
      <p>
        Go to <a href="/">the newest articles</a>, look through <a href="/topics">the topics</a>, or{" "}
        <a href="/search">search</a> for a word of it.
      </p>
    </Outcome>
  );
}

export function UnavailablePage() {
  return (
    <Outcome title="We cannot reach our shelves just now">
      <p>
        Nothing is lost. Please try again in a minute: reload this page, and if you were sending something, send it
        again.
      </p>
    </Outcome>
  );
}

/** @param texts what was sent when it was too late, to be copied */
export function LoggedOutPage({ texts }: { texts: readonly string[] }) {
  return (
    <Outcome title="You are not logged in any more">
      {/* The form that had the focus is gone, and with scripts no page was loaded: so it is said aloud. */}
      <p role="alert">
        So this was not saved. What you wrote stands here: log in{" "}
        <a href="/log-in" target="_blank" rel="noopener">
          on another page
        </a>
        , and copy it from this one.
      </p>
      {texts.map((text, nth) => (
        <textarea
          key={text}
          readOnly
          rows={text.length > 200 ? 14 : 2}
          dir="auto"
          aria-label={texts.length > 1 ? `What you wrote, ${nth + 1} of ${texts.length}` : "What you wrote"}
          defaultValue={text}
        />
      ))}
    </Outcome>
  );
}

/** @param reference finds the fault in the log */
export function BrokenPage({ reference }: { reference: string }) {
  return (
    <Outcome title="Something broke here">
      <p>
        It is our fault and it has been written down as <code>{reference}</code>. Please try again; if it happens again,
        tell whoever runs this place that number.
      </p>
      <p>
        <a href="/">To the newest articles</a>
      </p>
    </Outcome>
  );
}
