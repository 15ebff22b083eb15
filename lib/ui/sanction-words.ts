// What moderators can lay on people, in words for those people, and on networks, for moderators.

export const sanctionNames = {
  WARN: "A warning",
  MUTE: "You are muted",
  PREMODERATE: "Your comments are read first",
  BAN: "You are banned",
} as const;

export const sanctionEffects = {
  WARN: "Please read this before you post again.",
  MUTE: "You can write, but others see it only once a moderator has let it through.",
  PREMODERATE: "You can write; a moderator reads it before others do.",
  BAN: "You cannot post or edit comments here. You can read everything.",
} as const;

/** What moderators can do with a network, as it goes on after "what guests post from there is". */
export const networkChoices = { PREMODERATE: "held for a moderator", BAN: "refused" } as const;
