// A sentence of ours in which the pages it names are links.
import { Fragment } from "react";
import { messageParts } from "@/lib/ui/message-parts";

export function Message({ children }: { children: string }) {
  return messageParts(children).map(({ text, href }) =>
    href ? (
      <a key={text} href={href}>
        {text}
      </a>
    ) : (
      <Fragment key={text}>{text}</Fragment>
    ),
  );
}
