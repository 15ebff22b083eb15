// Which names look alike (UTS #39): two names with the same skeleton could be taken for one another by a reader.
// The look-alike letters are Unicode's own table (npm unhomoglyph); around it stands what that table leaves out on purpose.
import unhomoglyph from "unhomoglyph";

// Accents that go over letters of any alphabet; vowel signs of Indic, Thai, Arabic or Hebrew are spelling and stay.
const accents = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

// Unicode's table is case-sensitive and leaves small capitals and a few letters with tails alone; readers of names do not.
const furtherFolds: Record<string, string> = {
  ʙ: "b", ʜ: "h", ĸ: "k", ᴋ: "k", ʍ: "rn", ᴍ: "rn", ᴛ: "t", ʀ: "r", ᴀ: "a", ᴄ: "c", ᴇ: "e", ɢ: "g", ʟ: "l", ɴ: "n", ᴏ: "o",
  ᴘ: "p", ᴜ: "u", ᴠ: "v", ᴡ: "w", ʏ: "y", ᴢ: "z", ß: "b", β: "b", ꞵ: "b", ı: "l", ł: "l", ø: "o", đ: "d", ħ: "h", ŧ: "t", ð: "d",
  ɑ: "a", ɡ: "g", ɩ: "l", π: "n", η: "n", ƞ: "n", ɜ: "3", τ: "t", κ: "k", χ: "x", μ: "u", ε: "e",
}; // biome-ignore format: a table reads better in rows

/**
 * What a name looks like, for comparing only (never for showing): without case, accents, spaces and punctuation, and with
 * look-alike letters of Latin, Cyrillic, Greek, full width and digits folded into one. Equal skeletons: treat as one name.
 */
export function skeleton(name: string): string {
  const compatible = name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  // Beside Latin letters, Greek or Cyrillic ones are judged as they look. A name wholly in another alphabet is judged in
  // capitals, so that its own two cases agree (Greek nu looks like v when small and like N when large).
  const written = /\p{Script=Latin}/u.test(compatible) ? compatible : compatible.toUpperCase();
  const seen = fold(fold(written.normalize("NFD")).toLowerCase());
  const letters = Array.from(seen, (letter) => furtherFolds[letter] ?? letter)
    .join("")
    .replace(/i/g, "l")
    .replace(/vv/g, "w")
    .replace(/[^\p{L}\p{N}\p{M}]/gu, "")
    .normalize("NFC");
  // A name of signs only (☆, emoji) has no letters to compare: then the signs themselves are compared.
  return letters || compatible.replace(/\s+/g, "").toLowerCase();
}

function fold(text: string): string {
  return unhomoglyph(text).normalize("NFD").replace(accents, "");
}
