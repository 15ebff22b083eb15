// What the front door says when it refuses: a sentence on what is wrong and one on what to do.

export interface Refusal {
  status: number;
  /** What is wrong, as a sentence. */
  problem: string;
  /** What the reader may do, as a sentence. */
  advice: string;
  headers?: Record<string, string>;
}

/** Seconds after which another try makes sense, where nobody knows better. */
export const whenAgain = "5";

export const serverFailed: Refusal = {
  status: 500,
  problem: "The server made a mistake while it prepared this page.",
  advice: "Please try again; if it happens once more, tell the people who run this site the reference below.",
};

export const serverBusy: Refusal = {
  status: 503,
  problem: "The server cannot answer right now.",
  advice: "Please wait a moment and try again. What you wrote is still in your browser: go back to see it.",
  headers: { "Retry-After": whenAgain },
};

export const notFound: Refusal = {
  status: 404,
  problem: "There is no page at this address.",
  advice: "It may have moved, or the link may be incomplete.",
};

export const tooSlow: Refusal = {
  status: 408,
  problem: "The request did not arrive completely in time.",
  advice: "Please check your connection and send it again.",
};

export const foreignForm: Refusal = {
  status: 403,
  problem: "This was sent from another site, or by a browser that does not say where it comes from.",
  advice: "Open the page here, at its own address, and send it again. Nothing was changed.",
};

export const formOutdated: Refusal = {
  status: 409,
  problem: "The site has been renewed since this form was opened, so nothing was saved.",
  advice: "Go back, where your text still is; copy it, load the page again, and send it from there.",
};

/** What a body above `limit` bytes is told. */
export function tooLarge(limit: number): Refusal {
  return {
    status: 413,
    problem: `What was sent is larger than the ${Math.floor(limit / 1024)} KiB that fit here.`,
    advice: "Go back and shorten it, or send it in parts. Nothing was saved.",
  };
}
