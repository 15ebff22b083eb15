// The mark of the place: two commas facing each other, one voice and its answer.

export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M7.2 3.5a4.7 4.7 0 0 0-.5 9.37c-.2 1.9-1.3 3.3-3 4.13l.7 1.5c4.3-1.5 7.5-5 7.5-10.3a4.7 4.7 0 0 0-4.7-4.7Z" />
      <path
        className="mark-answer"
        d="M16.8 20.5a4.7 4.7 0 0 0 .5-9.37c.2-1.9 1.3-3.3 3-4.13l-.7-1.5c-4.3 1.5-7.5 5-7.5 10.3a4.7 4.7 0 0 0 4.7 4.7Z"
      />
    </svg>
  );
}
