import { expect, it } from "vitest";
import { originAllowed } from "@/lib/edge/origin";

const own = "https://talk.example.org";

// method, path, Origin, Sec-Fetch-Site, cookie, allowed, the sentence
const cases: [string, string, string | undefined, string | undefined, boolean, boolean, string][] = [
  ["GET", "/", undefined, undefined, true, true, "reading is free"],
  ["HEAD", "/", "https://evil.example", "cross-site", true, true, "from anywhere"],
  [
    "OPTIONS",
    "/api/v1/articles",
    "https://evil.example",
    "cross-site",
    false,
    true,
    "and so is asking what is possible",
  ],
  ["POST", "/", own, "same-origin", true, true, "our own page may send"],
  ["POST", "/", own, undefined, true, true, "also over plain http, where browsers leave Sec-Fetch-Site off"],
  ["POST", "/", undefined, "same-origin", true, true, "also without Origin when the browser vouches"],
  ["POST", "/", undefined, undefined, true, false, "nobody vouches"],
  ["POST", "/", undefined, undefined, false, false, "not even without a cookie: the cookie may be made by the answer"],
  ["POST", "/", "https://evil.example", "cross-site", true, false, "another site"],
  ["POST", "/", "https://evil.example", undefined, true, false, "another site in an old browser"],
  ["POST", "/", "https://evil.example", "same-origin", true, false, "the origin counts, whatever else is said"],
  ["POST", "/", own, "cross-site", true, false, "a redirect through another site"],
  ["POST", "/", own, "same-site", true, false, "or through a sister site"],
  ["POST", "/", own, "none", true, false, "no form is sent from nowhere"],
  ["POST", "/", undefined, "cross-site", true, false, "the browser says another site"],
  ["POST", "/", undefined, "same-site", true, false, "a sister site is another site"],
  ["POST", "/", undefined, "none", true, false, "the address bar sends no form"],
  ["POST", "/", "null", "same-origin", true, false, "null is nobody's origin"],
  ["POST", "/", "", "same-origin", true, false, "nor is the empty one"],
  ["POST", "/", "http://talk.example.org", undefined, true, false, "another scheme"],
  ["POST", "/", "https://talk.example.org:444", undefined, true, false, "another port"],
  ["POST", "/", "https://talk.example.org:443", undefined, true, false, "not byte for byte"],
  ["POST", "/", "https://TALK.example.org", undefined, true, false, "not byte for byte, in capitals"],
  ["POST", "/", "https://talk.example.org/", undefined, true, false, "an origin has no path"],
  ["POST", "/", "https://talk.example.org.evil.example", undefined, true, false, "a longer name"],
  ["POST", "/", "https://eviltalk.example.org", undefined, true, false, "another longer name"],
  ["POST", "/", `${own}, ${own}`, undefined, true, false, "two at once"],
  ["PATCH", "/api/v1/comments/1", own, "same-origin", true, true, "our own script"],
  ["DELETE", "/api/v1/comments/1", "https://evil.example", "cross-site", true, false, "another site's script"],
  ["POST", "/api/v1/comments", undefined, undefined, false, true, "a program without cookies: nothing to forge"],
  ["PATCH", "/api/v1/comments/1", undefined, undefined, false, true, "also when it edits"],
  [
    "POST",
    "/api/v1/comments",
    undefined,
    undefined,
    true,
    false,
    "a program with cookies must say where it comes from",
  ],
  [
    "POST",
    "/api/v1/comments",
    "https://evil.example",
    "cross-site",
    false,
    false,
    "another site, also without cookies",
  ],
  ["POST", "/api/v1/comments", undefined, "cross-site", false, false, "a browser, then, and from another site"],
  ["POST", "/api/auth/callback", undefined, undefined, false, false, "the exception is for the API alone"],
  ["POST", "/api/v1", undefined, undefined, false, false, "not for its name"],
  ["POST", "/mail/stop", undefined, undefined, false, true, "a mail program, to a path that was opened for it"],
  ["POST", "/mail/stop", "https://mail.example", "cross-site", true, true, "from wherever, with whatever"],
  ["DELETE", "/mail/stop", undefined, undefined, false, false, "it was opened for nothing else"],
  ["POST", "/mail/stop/more", undefined, undefined, false, false, "and nothing below it was"],
  ["POST", "/mail", undefined, undefined, false, false, "nor above"],
];

it.each(cases)("%s %s, Origin %s, Sec-Fetch-Site %s, cookie %s: %s, %s", (...row) => {
  const [method, path, origin, secFetchSite, hasCookie, allowed] = row;
  const openPosts = ["/mail/stop"];
  expect(originAllowed({ method, path, origin, secFetchSite, hasCookie, publicOrigin: own, openPosts })).toBe(allowed);
});
