// The entry of what enhances reading and discussing, which `on-demand.ts` brings in for those who need it; every page works without.
//
// Elements: <account-link>, <comment-form>, <discussion-thread>, <password-field>, <proof-of-work>. What it finds in the markup stands in
// the contract of the documents; a piece that is missing is left out, never an error.
//
// Classes that it sets or draws, for the style sheet:
//   account-link details        unhidden with the person's name in it, where a link to log in was
//   button.show-password        drawn in <password-field>, aria-pressed
//   .member-way[data-member] > .member-post  "Post as …" in the room of the log-in part, whose fieldset is disabled
//   .comment.is-target          the one a link led to
//   button.collapse             unhidden; aria-expanded tells its state, what it folds away is `hidden`
//                               (reserve the button's room while it is `hidden`: visibility, not display)
//   .own-mark                   "You", at the end of .comment-actions; Edit and Delete are links there like Reply
//                               (one line, so that nothing moves when they arrive)
//   .waiting-mark               "Waiting for a moderator", in .comment-head, unless the page drew its .notice-mark
//   .comment-message[data-kind=error|done]  a sentence at the end of a comment
//   .confirm                    the question before deleting, in .comment-actions: span, button.danger, button
//   comment-form.reply-form     the composer's copy right after a comment, with a button.quiet that cancels
//   .composer.edit-form         in a comment, in place of its body: .form-message, .field, .buttons
//   .form-message[data-kind=error|done] and in it .wait, the countdown (tabular figures)
//   .field-error                a sentence under its field; the field has aria-invalid
//   .counter, .counter.is-over  characters left, under the text box
//   section.preview > .prose    drawn at the form's end
//   form[data-busy], button[aria-disabled=true]  on its way, or told to wait
//   dialog.dialog               h2, content, button.quiet; dl.keys with dt > kbd and dd in the list of keys
//   .keys-button                opens that list; drawn where the keys are switched off and the page has no hidden
//                               button[data-action=keys] of its own
//   .details-ways > li          "Revise" and "Manage", after the page's own ways, for those who may
//   .unseen                     the live region
import { AccountLink } from "@/components/enhance/account-link";
import { prepareAnnouncements } from "@/components/enhance/announce";
import { showArticleWays } from "@/components/enhance/article-ways";
import { CommentForm } from "@/components/enhance/comment-form";
import { DiscussionThread } from "@/components/enhance/discussion-thread";
import { sweepDrafts } from "@/components/enhance/drafts";
import { PasswordField } from "@/components/enhance/password-field";
import { startPermalinks } from "@/components/enhance/permalink";
import { ProofOfWork } from "@/components/enhance/proof";
import { forgetPosted } from "@/components/enhance/sent-away";

prepareAnnouncements();
sweepDrafts();
forgetPosted();
customElements.define("account-link", AccountLink);
customElements.define("password-field", PasswordField);
// Before the form around it, which must not send what still lacks its proof.
customElements.define("proof-of-work", ProofOfWork);
customElements.define("discussion-thread", DiscussionThread);
customElements.define("comment-form", CommentForm);
startPermalinks();
void showArticleWays();
