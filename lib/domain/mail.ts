// Every message that leaves this house, as a wish: what it is about and for whom. The words, and the one-time links in them, are
// made when it is sent, so that no secret waits in the queue of jobs.

export type MailWish =
  /** Confirm the address of a new account. */
  | { kind: "verifyEmail"; userId: number }
  /** Somebody tried to sign up with an address that has an account. */
  | { kind: "addressTaken"; userId: number }
  | { kind: "resetPassword"; userId: number }
  | { kind: "passwordChanged"; userId: number }
  /** The password no longer opens the account until it is reset (R31). */
  | { kind: "passwordClosed"; userId: number }
  /** Confirm a new address; goes to that address. */
  | { kind: "changeEmail"; userId: number; email: string }
  /** To the old address, with a way back (R34). */
  | { kind: "emailChanged"; userId: number; oldEmail: string }
  | { kind: "newDevice"; userId: number; device: string; at: string }
  | { kind: "exportReady"; userId: number; exportId: number }
  | { kind: "leaving"; userId: number; until: string }
  | { kind: "left"; email: string; displayName: string };
