// What an address, a handle, a name and a password may be, and where somebody may be led after logging in.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  displayNameSchema,
  emailSchema,
  identifierSchema,
  newHandleSchema,
  newPasswordSchema,
  profileSchema,
  safeReturnPath,
  signUpSchema,
  typedPasswordSchema,
} from "@/lib/domain/account";
import { limits } from "@/lib/domain/limits";

/** What the schema leaves of a text, or the reason against it. */
function read(schema: z.ZodType<string>, text: unknown): string {
  const parsed = schema.safeParse(text);
  return parsed.success ? parsed.data : `! ${parsed.error.issues.map(({ message }) => message).join(" ")}`;
}

describe("a mail address (R54)", () => {
  const local = "a".repeat(64);
  const table: [string, unknown, string][] = [
    ["an ordinary one", "ada@example.org", "ada@example.org"],
    ["with capitals and spaces around", "  Ada.Byron@Example.ORG ", "ada.byron@example.org"],
    ["with a tag", "ada+talk@example.org", "ada+talk@example.org"],
    ["on a deep host", "ada@mail.cs.example.ac.uk", "ada@mail.cs.example.ac.uk"],
    ["in full width is folded first", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example.org"],
    ["with a look-alike of @ that folds to two", "ada﹫evil.example@example.org", "! email.invalid"],
    ["with sixty-four characters before @", `${local}@example.org`, `${local}@example.org`],
    ["with sixty-five", `a${local}@example.org`, "! email.invalid"],
    ["nothing", "", "! email.missing"],
    ["only spaces", "   ", "! email.missing"],
    ["no text at all", 5, "! email.missing"],
    ["a list of two", "ada@example.org,eve@example.org", "! email.invalid"],
    ["a header line behind it", "ada@example.org\r\nBcc: eve@example.org", "! email.invalid"],
    ["a line break at its end is space around it", "ada@example.org\r\n", "ada@example.org"],
    ["with a name", "Ada <ada@example.org>", "! email.invalid"],
    ["quoted", '"ada@evil.example"@example.org', "! email.invalid"],
    ["with a comment", "ada(eve)@example.org", "! email.invalid"],
    ["at an address literal", "ada@[127.0.0.1]", "! email.invalid"],
    ["at a number", "ada@127.0.0.1", "! email.invalid"],
    ["at a single label", "ada@localhost", "! email.invalid"],
    ["at nothing", "ada@", "! email.invalid"],
    ["of nobody", "@example.org", "! email.invalid"],
    ["with two dots", "ada..byron@example.org", "! email.invalid"],
    ["with a dot at the end of the name", "ada.@example.org", "! email.invalid"],
    ["with a dot at its beginning", ".ada@example.org", "! email.invalid"],
    ["with a host that ends in a dot", "ada@example.org.", "! email.invalid"],
    ["with a hyphen at a label's edge", "ada@-example.org", "! email.invalid"],
    ["with a NUL", "ada\u0000@example.org", "! email.invalid"],
    ["with an invisible space", "ada\u200b@example.org", "! email.invalid"],
    ["with a right-to-left override", "ada\u202e@example.org", "! email.invalid"],
    ["with a percent route", "ada%evil.example@example.org", "ada%evil.example@example.org"],
    [
      "longer than mail allows",
      `ada@${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.example.org`,
      "! email.invalid",
    ],
    ["of a megabyte", `${"a".repeat(1_000_000)}@example.org`, "! email.invalid"],
  ];
  it.each(table)("%s", (_sentence, text, expected) => expect(read(emailSchema, text)).toBe(expected));

  it("leaves nothing that a header or a list could be made of, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const left = emailSchema.safeParse(`${text}@example.org`);
        expect(left.success ? left.data : "").toMatch(/^[\x21-\x7e]*$/);
        expect(left.success ? left.data : "").not.toMatch(/[\s,;:<>()"[\]\\]/);
      }),
    );
  });

  it("once read, is read the same again", () => {
    for (const [, text] of table) {
      const once = emailSchema.safeParse(text);
      if (once.success) expect(emailSchema.parse(once.data)).toBe(once.data);
    }
  });
});

describe("a handle (R53)", () => {
  const table: [string, unknown, string][] = [
    ["an ordinary one", "ada_byron", "ada_byron"],
    ["with capitals", "Ada", "ada"],
    ["of three", "ada", "ada"],
    ["of two", "ad", "! handle.invalid"],
    ["of thirty", "a".repeat(30), "a".repeat(30)],
    ["of thirty-one", "a".repeat(31), "! handle.invalid"],
    ["in full width", "ａｄａ", "ada"],
    ["of underscores only", "____", "! handle.invalid"],
    ["with an accent", "ädä", "! handle.invalid"],
    ["in Cyrillic that looks Latin", "аdа", "! handle.invalid"],
    ["with a hyphen", "ada-byron", "! handle.invalid"],
    ["with a space inside", "ada byron", "! handle.invalid"],
    ["with a slash", "ada/byron", "! handle.invalid"],
    ["with a line break inside", "ada\nbyron", "! handle.invalid"],
    ["of the house", "Admin", "! handle.reserved"],
    ["that stands in addresses", "settings", "! handle.reserved"],
    ["none", undefined, "! handle.invalid"],
    ["of a megabyte", "a".repeat(1_000_000), "! handle.invalid"],
  ];
  it.each(table)("%s", (_sentence, text, expected) => expect(read(newHandleSchema, text)).toBe(expected));
});

describe("a display name", () => {
  const table: [string, unknown, string][] = [
    ["an ordinary one", "Ada Byron", "Ada Byron"],
    ["in another script", "ليلى حدّاد", "ليلى حدّاد"],
    ["with spaces too many", "  Ada   Byron ", "Ada Byron"],
    ["with a header line", "Ada\r\nBcc: eve@example.org", "Ada Bcc: eve@example.org"],
    ["with other line breaks", "Ada\u2028Subject:\u0085x", "Ada Subject:x"],
    ["with a NUL", "A\u0000da", "Ada"],
    ["that turns the direction", "Ada\u202eByron", "! name.invalid"],
    ["with marks of its direction, as programs copy them", "\u200fליאור כהן\u200f", "ליאור כהן"],
    ["nobody can see", "\u200b\u2060\u2800", "! displayName.missing"],
    ["empty", "", "! displayName.missing"],
    ["of sixty", "é".repeat(60), "é".repeat(60)],
    ["of sixty-one", "é".repeat(61), "! displayName.too_long"],
    ["of sixty emoji", "😀".repeat(60), "😀".repeat(60)],
    ["of a megabyte", "a".repeat(1_000_000), "! displayName.too_long"],
  ];
  it.each(table)("%s", (_sentence, text, expected) => expect(read(displayNameSchema, text)).toBe(expected));
});

describe("a new password (R25-R27)", () => {
  const { min, max } = limits.password;
  const table: [string, unknown, string][] = [
    ["as short as can be", "ä".repeat(min), "ä".repeat(min)],
    ["one shorter", "ä".repeat(min - 1), "! password.too_short"],
    ["that folding makes long enough", "ﬁ".repeat(min / 2), "fi".repeat(min / 2)],
    ["written with letters and their accents apart", "e\u0301".repeat(min), "é".repeat(min)],
    ["long enough only with its accents apart", "e\u0301".repeat(min - 1), "! password.too_short"],
    ["as long as can be, of four-byte letters", "𝌆".repeat(max), "𝌆".repeat(max)],
    ["one longer", "a".repeat(max + 1), "! password.too_long"],
    ["of a megabyte", "a".repeat(1_000_000), "! password.too_long"],
    ["with spaces around: they belong to it", " seven herons ", " seven herons "],
    ["of emoji", "🦩".repeat(min), "🦩".repeat(min)],
    ["with a NUL in it is used whole", "seven\u0000herons", "seven\u0000herons"],
    ["empty", "", "! password.missing"],
    ["none", undefined, "! password.missing"],
  ];
  it.each(table)("%s", (_sentence, text, expected) => expect(read(newPasswordSchema, text)).toBe(expected));

  it("is refused in no time when it is a megabyte long", () => {
    const began = performance.now();
    newPasswordSchema.safeParse("ﷺ".repeat(1_000_000));
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe("what is typed to get in", () => {
  it.each<[string, z.ZodType<string>, unknown, string]>([
    ["a password is folded as it was when it was new", typedPasswordSchema, "e\u0301", "é"],
    ["a password of one letter may be wrong, but is one", typedPasswordSchema, "x", "x"],
    ["no password", typedPasswordSchema, "", "! password.missing"],
    ["a password of a megabyte", typedPasswordSchema, "x".repeat(1_000_000), "! password.too_long"],
    ["a handle in capitals", identifierSchema, " ADA ", "ada"],
    ["an address in full width", identifierSchema, "ada＠example.org", "ada@example.org"],
    ["nobody", identifierSchema, "  ", "! identifier.missing"],
    ["a megabyte", identifierSchema, "a".repeat(1_000_000), "! identifier.missing"],
  ])("%s", (_sentence, schema, text, expected) => expect(read(schema, text)).toBe(expected));
});

describe("forms", () => {
  it("to sign up drop what does not belong to them (R48)", () => {
    const typed = { email: "ada@example.org", handle: "ada", displayName: "Ada", password: "seven herons" };
    expect(signUpSchema.parse({ ...typed, roles: ["ADMIN"], verified: "1", __proto__: { id: 1 } })).toEqual(typed);
  });

  it("of the profile take what is there, as it is kept", () => {
    expect(profileSchema.parse({})).toEqual({});
    expect(profileSchema.parse({ bio: " One\r\ntwo\u0000 ", mailReplies: false })).toEqual({
      bio: "One\ntwo",
      mailReplies: false,
    });
    expect(profileSchema.safeParse({ bio: "é".repeat(limits.bio) }).success).toBe(true);
    expect(profileSchema.safeParse({ bio: "é".repeat(limits.bio + 1) }).success).toBe(false);
    expect(profileSchema.safeParse({ mailReplies: "false" }).success).toBe(false);
  });
});

describe("the way back after logging in (R43)", () => {
  const table: [string, string | undefined, string][] = [
    ["none", undefined, "/"],
    ["an article", "/articles/bees?sort=newest#c-7", "/articles/bees?sort=newest#c-7"],
    ["another site", "https://evil.example/", "/"],
    ["another site without scheme", "//evil.example/", "/"],
    ["with a backslash", "/\\evil.example", "/"],
    ["with a backslash further on", "/a\\..\\..\\evil.example", "/"],
    ["with a tab that browsers drop", "/\t/evil.example", "/"],
    ["with a line break", "/a\r\nSet-Cookie: x=1", "/"],
    ["through dots", "/.//evil.example", "/"],
    ["through more dots", "/a/..//evil.example", "/"],
    ["through dots in percent signs", "/%2e%2e//evil.example", "/"],
    ["a script", "javascript:alert(1)", "/"],
    ["relative", "articles", "/"],
    ["with a user", "/@evil.example", "/@evil.example"],
    ["a program's address", "/api/v1/me", "/"],
    ["a program's address in capitals", "/API/auth/signout", "/"],
    ["the framework's", "/_next/x", "/"],
    ["with a leading space", " /articles", "/"],
    ["empty", "", "/"],
    ["too long", `/${"a".repeat(limits.returnPath)}`, "/"],
  ];
  it.each(table)("%s", (_sentence, wish, expected) => expect(safeReturnPath(wish)).toBe(expected));

  it("never leads to another origin", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2f",
      "%5c",
      "@",
      ":",
      "evil.example",
      "\t",
      "?",
      "#",
      "a",
      "%2e",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const led = new URL(safeReturnPath(`/${parts.join("")}`), "https://talk.example.org/articles/x");
        expect(led.origin).toBe("https://talk.example.org");
      }),
    );
  });
});
