// Why a start or a tool stopped, as one sentence with what to do, for the person at the keyboard. Never shown to visitors.

/** The message is the whole text to show; no stack belongs beside it. */
export class StartError extends Error {
  override name = "StartError";
}

/** Whether `error` has a message made for the person who starts the server (also lib/env's EnvError). */
export function isForThePerson(error: unknown): error is Error {
  return error instanceof Error && (error.name === "StartError" || error.constructor.name === "EnvError");
}
