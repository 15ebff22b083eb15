// A way by which one process of a site speaks to all, itself included.
export interface Channel {
  /** @throws when it cannot be sent now */
  send(message: string): Promise<void>;
  /** How many processes of the site listen, besides this one. @throws when that cannot be asked now */
  others(): Promise<number>;
  /** Gives the connection up and makes a new one. */
  reset(): void;
  close(): Promise<void>;
}

export interface ChannelEvents {
  /** From now on every message arrives. Called again after each loss. */
  up(): void;
  /** Messages may be missed from now on. */
  down(): void;
  message(text: string): void;
}
