// The documents of the tests' server, in the shape that components/discussion draws.
import { readdirSync, readFileSync } from "node:fs";

export interface Comment {
  id: string;
  parentId: string | null;
  name: string;
  body: string;
  status: "PUBLISHED" | "PENDING" | "DELETED";
  own: boolean;
}

/** The levels that the server draws before replies go on flat. */
const NESTING = 6;

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The product's own style sheets, as far as a browser understands them unbuilt. */
export function styles(): string {
  const folder = new URL("../../app/styles/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".css"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n")
    .concat("[hidden] { display: none !important; }"); // As Tailwind's preflight has it.
}

function drawComment(comment: Comment, { foldable = false, replyTo = "" } = {}): string {
  const { id, name, body, status } = comment;
  const gone = status === "DELETED";
  const head = `<header class="comment-head"><span class="comment-author" dir="auto">${
    gone ? "Deleted by its author" : escaped(name)
  }</span>${gone ? "" : '<span class="guest-mark">guest</span>'}${replyTo}<a class="permalink" href="/comments/${id}"><time>1 Nov 2026</time></a>${
    status === "PENDING" ? '<span class="notice-mark">Waiting for a moderator</span>' : ""
  }${
    foldable
      ? '<button type="button" class="collapse" hidden data-action="collapse" aria-expanded="true" aria-label="Replies"></button>'
      : ""
  }</header>`;
  const text = gone
    ? '<p class="comment-body">This comment is gone.</p>'
    : `<div class="comment-body prose" dir="auto"><p>${escaped(body)}</p></div>`;
  const actions =
    status === "PUBLISHED"
      ? `<footer class="comment-actions"><a href="/comments/${id}#reply" data-action="reply">Reply</a> <a href="/comments/${id}#report" data-action="report">Report</a></footer>`
      : "";
  return `<article id="c-${id}" class="comment${gone ? " tombstone" : ""}" tabindex="-1" aria-label="${gone ? "Deleted by its author" : escaped(name)}">${head}${text}${actions}</article>`;
}

function drawTree(all: Comment[], parentId: string | null, level = 1): string {
  return all
    .filter((each) => each.parentId === parentId && each.status !== "PENDING")
    .map((each) => {
      const children = drawTree(all, each.id, level + 1);
      const own = drawComment(each, { foldable: children !== "" && level < NESTING });
      if (level >= NESTING) return `<li>${own}</li>${children}`;
      return `<li>${own}${children && `<ol class="replies">${children}</ol>`}</li>`;
    })
    .join("");
}

function composer(parentId = ""): string {
  return `<comment-form data-article="tea" data-parent="${parentId}"><form id="${parentId ? "reply" : "post"}" class="composer" method="post" action="/log-in" aria-label="${
    parentId ? "Reply" : "Post your comments"
  }" data-form="${parentId ? "reply" : "comment"}">
<h2>Post your comments</h2>
<input type="hidden" name="parent" value="${parentId}"><input type="hidden" name="key" value=""><input type="hidden" name="age" value="">
<p class="form-message" role="status"></p>
<div class="field"><label for="body">Comment</label><textarea id="body" name="body" rows="6" dir="auto" required data-limit="200" aria-describedby="body-help"></textarea><p class="field-help" id="body-help">Help</p></div>
<div class="ways"><div class="field"><label for="name">Name</label><input id="name" name="name"></div>
<div class="unseen" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<p class="buttons"><button name="intent" value="post">Post Anonymously</button><button name="intent" value="preview" class="quiet">Preview</button></p></div>
<div class="member-way"><fieldset><legend>Or under your name</legend><div class="log-in-fields"><div class="field"><label for="identifier">User name or email</label><input id="identifier" name="identifier"></div>
<div class="field"><label for="password">Password</label><password-field><input id="password" name="password" type="password"></password-field></div></div>
<p class="buttons"><button name="intent" value="logIn" class="quiet">Log in and post</button></p></fieldset></div>
</form></comment-form>`;
}

function reportForm(): string {
  return `<form id="report" class="composer" data-form="report" method="post" aria-label="Report this comment"><h2>Report</h2><p class="form-message" role="status"></p>
<fieldset><legend>What is wrong with this comment?</legend><label class="choice"><input type="radio" name="reason" value="SPAM" required>Advertising or spam</label><label class="choice"><input type="radio" name="reason" value="ABUSE" required>Insulting</label></fieldset>
<div class="field"><label for="note">Anything a moderator should know</label><textarea id="note" name="note" rows="3"></textarea></div>
<p class="buttons"><button>Report</button></p></form>`;
}

function page(title: string, main: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><script src="/assets/enhance.js" data-tools="/assets/tools.js"></script><script src="/probe.js"></script></head>
<body><header class="site-head"><nav aria-label="Site"><account-link><a href="/log-in">Log in</a><details hidden><summary><bdi></bdi></summary><div class="account-menu"><a href="/desk" data-room="desk" hidden>Desk</a><a href="/settings">Settings</a><a href="/desk/people" data-room="people" hidden>People</a><form method="post" action="/log-out"><button>Log out</button></form></div></details></account-link><a href="/topics">Topics</a><theme-switch></theme-switch></nav></header><main id="main">${main}</main></body></html>`;
}

/** An article with its discussion; `bare` leaves out nearly everything that the script might look for. */
export function articlePage(all: Comment[], sort: string | null, { bare = false } = {}): string {
  if (bare) {
    return page(
      "Bare",
      '<h1>Bare</h1><theme-switch></theme-switch><comment-form></comment-form><comment-form><form><p>No box</p></form></comment-form><discussion-thread><article class="comment"><a href="#" data-action="reply">Reply</a><a href="#" data-action="edit">Edit</a><a href="#" data-action="unknown">Unknown</a><button type="button" data-action="collapse">Fold</button></article></discussion-thread>',
    );
  }
  const roots = all.filter(({ parentId }) => parentId === null);
  const others = all.filter(({ parentId }) => parentId !== null);
  const ordered = sort === "newest" ? [...roots.reverse(), ...others] : all;
  const shown = all.filter(({ status }) => status === "PUBLISHED").length;
  return page(
    "Tea",
    `<h1>Tea</h1><section id="discussion" class="discussion" aria-labelledby="discussion-heading"><header class="discussion-head"><h2 id="discussion-heading">Discuss this Article <span class="count">${shown} comments</span></h2></header><div class="discussion-body">${
      shown === 0 ? '<p class="invitation">Nobody has said anything yet.</p>' : ""
    }<discussion-thread data-article="tea"><ol class="comments">${drawTree(ordered, null)}</ol></discussion-thread>${composer()}</div></section>`,
  );
}

/** The page of one comment, with its replies and its forms. */
export function commentPage(comment: Comment, all: Comment[]): string {
  const answers = drawTree(all, comment.id);
  return page(
    "A comment",
    `<h1>A comment</h1><div class="this-comment">${drawComment(comment)}</div>${
      answers && `<section class="answers"><h2>Replies</h2><ol class="comments">${answers}</ol></section>`
    }${composer(comment.id)}${reportForm()}`,
  );
}
