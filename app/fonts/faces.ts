// The one family of the site, Brygada 1918, cut into the files that scripts/subset-fonts.mjs made. A page loads the first
// file of roman and italic; the browser asks for the others only when a page has one of their letters. The ranges of
// `western` are printed there; those of `european` are a little wider than the file, and so shorter.
import localFont from "next/font/local";

const roman = localFont({
  src: "./brygada-roman.woff2",
  weight: "400 650",
  style: "normal",
  variable: "--face-roman",
  display: "swap",
  adjustFontFallback: "Times New Roman",
});

const italic = localFont({
  src: "./brygada-italic.woff2",
  weight: "400 650",
  style: "italic",
  variable: "--face-italic",
  display: "swap",
  adjustFontFallback: "Times New Roman",
});

const romanWestern = localFont({
  src: "./brygada-roman-western.woff2",
  weight: "400 650",
  variable: "--face-roman-western",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+5c,U+5e,U+60,U+7b-7e,U+a1-b6,U+b8-d6,U+d8-de,U+f0,U+f7,U+fe,U+152-153,U+201a,U+201e,U+2020,U+2022,U+2039-203a,U+20ac",
    },
  ],
});

const romanEuropean = localFont({
  src: "./brygada-roman-european.woff2",
  weight: "400 650",
  variable: "--face-roman-european",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+102-151,U+154-17e,U+218-21b",
    },
  ],
});

const italicWestern = localFont({
  src: "./brygada-italic-western.woff2",
  weight: "400 650",
  style: "italic",
  variable: "--face-italic-western",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+23-25,U+2b,U+3c-3d,U+40,U+5b-60,U+7b-7e,U+a1-b6,U+b8-ff,U+152-153,U+201a,U+201e,U+2020,U+2022,U+2039-203a,U+20ac,U+2212",
    },
  ],
});

const italicEuropean = localFont({
  src: "./brygada-italic-european.woff2",
  weight: "400 650",
  style: "italic",
  variable: "--face-italic-european",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+102-151,U+154-17e,U+218-21b",
    },
  ],
});

/** The classes that name the faces for the style sheet, for the root element. */
export const faces = [roman, italic, romanWestern, romanEuropean, italicWestern, italicEuropean]
  .map((face) => face.variable)
  .join(" ");
