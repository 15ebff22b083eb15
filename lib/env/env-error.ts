// What a wrong setting ends in.

/** A setting is wrong. The message is a sentence for the person who starts the server. */
export class EnvError extends Error {}
