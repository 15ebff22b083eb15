// What the process of the front door and the one behind it say to each other besides requests, over Node's own channel.

/** To the front door. */
export type ToDoor =
  /** `folder`: where the socket is, if it has one of its own; whoever goes last takes it away. */
  | { kind: "open"; socketPath: string; folder?: string; processName: string; openPosts: readonly string[] }
  | { kind: "purge"; number: number; keys: readonly string[] | "all" }
  | { kind: "unsure"; since: number | undefined }
  | { kind: "close"; graceMs: number };

/** From the front door. */
export type FromDoor =
  | { kind: "listening" }
  /** It cannot listen; what Node said. */
  | { kind: "refused"; code: string | undefined; message: string }
  /** Nobody gets what was stale by this message any more. */
  | { kind: "purged"; number: number };
