// The elements that components/enhance brings to life. Without it they are plain boxes.
import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Box = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "theme-switch": Box;
      "account-link": Box & { "data-known"?: "" };
      "password-field": Box;
      "proof-of-work": Box & { "data-challenge": string; "data-ready"?: string };
      "discussion-thread": Box & { "data-article": string; "data-sort": string; "data-nesting": number };
      "draft-editor": Box & {
        "data-article": number;
        "data-revision": number;
        "data-save": number | string;
        "data-saved-at"?: string;
        "data-unsaved"?: "";
        "data-auto-slug"?: "";
      };
      "comment-form": Box & { "data-article": string; "data-parent": string };
    }
  }
}
