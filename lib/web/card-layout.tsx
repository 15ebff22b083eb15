import "server-only";
// How a share image looks: the paper, ink and green of app/styles/tokens.css, the title as large as it fits.
import type { ReactElement } from "react";
import { countOf } from "@/lib/ui/labels";
import { cardFamilies } from "@/lib/web/card-fonts";

/** What social networks ask for, in pixels. */
export const cardSize = { width: 1200, height: 630 };

const paper = "#faf7f0";
const ink = "#25201a";
const quiet = "#655c50";
const rule = "#dfd7c8";
const green = "#1c6549";

/** Title length in code points → size in pixels and lines that fit above the foot. */
const titleSizes = [
  { upTo: 36, size: 96, lines: 3 },
  { upTo: 70, size: 78, lines: 4 },
  { upTo: 120, size: 62, lines: 5 },
  { upTo: Number.POSITIVE_INFINITY, size: 50, lines: 6 },
];

/** Names before "and others". */
const namesShown = 3;

export interface DrawnCard {
  /** Each as the fonts can show it; "" for what they cannot. */
  title: string;
  writtenBy: string[];
  siteName: string;
  commentCount: number;
}

export function cardLayout({ title, writtenBy, siteName, commentCount }: DrawnCard): ReactElement {
  // Without a title that can be drawn, the place itself is the title.
  const headline = title || siteName;
  const length = [...headline].length;
  const fit = titleSizes.find(({ upTo }) => length <= upTo) ?? { size: 50, lines: 6 };
  const oneLine = { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" } as const;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        ...cardSize,
        boxSizing: "border-box",
        padding: "56px 72px 52px",
        background: paper,
        borderLeft: `28px solid ${green}`,
        color: ink,
        fontFamily: cardFamilies.roman,
      }}
    >
      <div style={{ display: "flex", alignItems: "center", color: quiet, fontSize: 34, height: 48 }}>
        <svg viewBox="0 0 24 24" width="46" height="46" style={{ marginRight: 16 }}>
          <title>Mark</title>
          <path
            fill={ink}
            d="M7.2 3.5a4.7 4.7 0 0 0-.5 9.37c-.2 1.9-1.3 3.3-3 4.13l.7 1.5c4.3-1.5 7.5-5 7.5-10.3a4.7 4.7 0 0 0-4.7-4.7Z"
          />
          <path
            fill={green}
            d="M16.8 20.5a4.7 4.7 0 0 0 .5-9.37c.2-1.9 1.3-3.3 3-4.13l-.7-1.5c-4.3 1.5-7.5 5-7.5 10.3a4.7 4.7 0 0 0 4.7 4.7Z"
          />
        </svg>
        {title !== "" && siteName !== "" && (
          <div style={{ display: "block", maxWidth: 900, ...oneLine }}>{siteName}</div>
        )}
      </div>
      <div
        style={{
          display: "block",
          lineClamp: fit.lines,
          overflow: "hidden",
          fontSize: fit.size,
          lineHeight: 1.14,
          letterSpacing: "-0.01em",
          wordBreak: "break-word",
        }}
      >
        {headline}
      </div>
      <div
        style={{
          display: "flex",
          justifyContent: "space-between",
          alignItems: "center",
          paddingTop: 28,
          borderTop: `2px solid ${rule}`,
          color: quiet,
          fontFamily: cardFamilies.italic,
          fontSize: 34,
        }}
      >
        <div style={{ display: "block", maxWidth: 720, ...oneLine }}>{namesOf(writtenBy)}</div>
        <div style={{ display: "flex", color: green }}>
          {commentCount > 0 ? countOf(commentCount, "comment") : "Start the discussion"}
        </div>
      </div>
    </div>
  );
}

function namesOf(names: string[]): string {
  if (names.length === 0) return "";
  if (names.length === 1) return `Written by ${names[0]}`;
  if (names.length > namesShown) return `Written by ${names.slice(0, namesShown - 1).join(", ")} and others`;
  return `Written by ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
