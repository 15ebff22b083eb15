// What somebody is told who decided too late: that another was first, and the words they typed, so that they can be copied.

export function LateWords({ message, words }: { message?: string; words: string }) {
  return (
    <section className="late-words" aria-label="Your decision came too late">
      <p className="form-message" role="alert" data-kind="error">
        {message}
      </p>
      {words !== "" && <textarea readOnly rows={4} dir="auto" aria-label="What you wrote" defaultValue={words} />}
    </section>
  );
}
