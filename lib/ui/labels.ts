// Every sentence that people read about what went wrong or what is the case, by code. The words stand here and nowhere else.
import { limits } from "@/lib/domain/limits";
import { removalReasonOf } from "@/lib/domain/verdict";

const number = new Intl.NumberFormat("en-GB");

/** Tables without the names that every object has. */
const table = (entries: Record<string, string>) => new Map(Object.entries(entries));

const sentences = table({
  // The closed list of errors, when nothing more exact is known.
  invalid: "Something in the form needs another look.",
  unauthenticated: "Please log in first.",
  forbidden: "This is not yours to change.",
  not_found: "There is nothing here.",
  conflict: "Somebody changed this meanwhile. Have a look at how it is now, and try again.",
  closed: "This discussion is closed.",
  rate_limited: "That was quick. Please wait a little before you post again; your text is kept.",
  too_large: "That is too much at once.",
  "site.read_only":
    "This site is open for reading only at the moment, so nothing was saved. Your text is kept here; please try again later.",
  unavailable: "We cannot save anything at this moment. Your text is kept here; please try again in a little while.",

  "comment.empty": "Please write something first.",
  "comment.too_long": `A comment can have ${number.format(limits.commentBody)} characters. Please shorten it; nothing is lost.`,
  "comment.too_many_links": `A comment can have ${limits.linksRefused} links at most.`,
  "comment.too_deep": "This conversation is as deep as it can go. Please reply further up.",
  "comment.parent_gone":
    "The comment you are replying to is not there any more. Your text is kept; you can post it to the article instead.",
  "comment.gone": "This comment is not there any more.",
  "name.too_long": `A name can have ${limits.guestName} characters.`,
  "name.invalid": "This name has characters that cannot be shown. Please choose another, or leave it empty.",
  "name.taken": "A member has this name or one that looks like it. Please choose another, or leave it empty.",
  "thread.locked": "This discussion is locked. It can be read, but nothing new can be posted.",
  "thread.closed": "This discussion is closed. It can be read, but nothing new can be posted.",
  "comment.rejected": "This cannot be posted here: it fits a rule of this site. Your text is kept.",
  "comment.proof":
    "This looks like what robots send. If you are none, please send it again; a moderator may have a look first.",
  "sanction.banned":
    "You cannot post here until {until}. A moderator's reason: “{why}” Everything about it is on the page /standing.",
  "sanction.network_banned":
    "A moderator gave this reason: “{why}” Nobody can post from your network without an account until {until}.",
  "sanction.warned":
    "A moderator has a word for you: “{why}” Open the page /standing and say that you have read it; then you can post. Your text is kept.",
  "sanction.note": "A note for moderators.",
  "rule.made": "A rule was made.",
  "rule.changed": "A rule was changed.",
  "rule.retired": "A rule was retired.",
  "settings.moderation": "How comments come to be seen was changed.",
  "rule.tamed": "A rule suddenly fitted too many comments; it refuses nothing any more.",
  "sanction.kind_missing": "Please choose what to do.",
  "sanction.reason_missing": "Please say why: the person will read it.",
  "sanction.reason_too_long": `A reason can have ${number.format(limits.sanctionReason)} characters.`,
  "sanction.end_missing": "A ban needs an end. Please choose how long it lasts.",
  "sanction.no_network": "From which network this came is not known any more.",
  "sanction.lifted": "This was lifted already.",
  "forbidden.person.sanction": "This person is staff, or it is you: an admin has to decide.",
  "rule.pattern_missing": "Please write what to look for.",
  "rule.too_long": `This is too long: a list of words can have ${number.format(limits.rulePattern)} characters, a pattern ${limits.ruleRegularExpression}.`,
  "rule.too_many_lines": `A list can have ${limits.ruleLines} lines. Please make two rules of it.`,
  "rule.words":
    "Each line is a word or a phrase. A * can stand for the rest of a word, at its beginning or its end, after at least three letters.",
  "rule.host": "Please give a host, like example.org.",
  "rule.language": "This is no language's code, like en, pt-BR or tr.",
  "rule.note_too_long": `A note can have ${number.format(limits.ruleNote)} characters.`,
  "rule.pattern_syntax":
    "This pattern cannot be read. Something is not closed, or it looks ahead, behind or back, which patterns here cannot.",
  "rule.pattern_nested":
    "Something that repeats stands in something that repeats, like (a+)+. Elsewhere such a pattern takes for ever; please write it without.",
  "rule.pattern_everything": "This pattern fits every text. Please say more exactly what to look for.",
  "rule.pattern_too_large": "This pattern is too large. Please make several rules of it.",
  "rule.not_rehearsed": "Please have a look at what this rule would have done, then confirm it.",
  "rule.gone": "This rule was changed or retired meanwhile.",
  "state.changed": "Somebody changed this meanwhile. Have a look at how it is now.",
  "report.reason_missing": "Please choose a reason.",
  "report.note_too_long": `A note can have ${number.format(limits.reportNote)} characters.`,
  "report.own": "This is your own comment. You can edit or delete it.",
  "key.reused": "This form was already sent with another text. Please reload the page; your text is kept.",
  "forbidden.file.upload":
    "Pictures can be brought by whoever writes articles here, once their mail address is confirmed.",
  "upload.missing": "Please choose a picture.",
  "upload.alt_missing": "Please say what the picture shows, for whoever cannot see it.",
  "upload.alt_too_long": `The description of a picture can have ${limits.pictureAlt} characters.`,
  "upload.not_a_picture": "This is no picture of a kind we know. JPEG, PNG, WebP and GIF work.",
  "upload.too_large": `A picture can have ${limits.pictureBytes / 1024 / 1024} MB, 40 million pixels, and 12,000 on a side. Please make it smaller.`,
  "upload.unreadable": "This picture cannot be read. It may be damaged.",
  "upload.quota": `All your pictures together can have ${limits.pictureQuota / 1024 / 1024} MB, and this one does not fit any more.`,
  "upload.one_at_a_time": "Your last picture is still being worked on. Please wait a moment.",
  "share.not_open": "A link can be given to a draft that is still being written or reviewed.",
  "share.too_many": `A draft can have ${limits.draftShares} links at a time. Take one back first.`,
  "share.over": "This link does not work any more. Ask whoever sent it for another.",
  "share.read_only": "With this link the draft can be read, but no notes can be left.",
  "share.name_missing": "Please say who you are, so that the writers know whose note it is.",
  broken: "Something broke on our side. Your text is kept; please try again in a moment.",
  "origin.foreign":
    "This form was sent from another site, so nothing was done. Please open the page here and send it again.",
  "comment.edited_often": `A comment can be edited ${limits.commentRevisions} times.`,
  "logIn.wrong": "The name or the password is not right.",
  "logIn.suspended": "This account is suspended.",
  "logIn.busy": "Too many people are logging in at this moment. Please try again in a few seconds.",
  "logIn.ended": "You are not logged in any more. Your text is kept: log in below to post it under your name.",
  "draft.logged_out": "You are not logged in any more. What you wrote stays here until you are.",
  "confirm.needed": "Please give your password once more.",
  "confirm.by_service": "Please confirm first that it is you: the service you log in with asks you once more.",
  "people.last_admin": "This is the last admin. Make somebody else admin first.",
  "recovery.nothing": "This browser has not posted anything yet, so there is nothing to take along.",
  "recovery.past":
    "This browser has posted anonymously itself. If you bring the other comments here, those cannot be edited any more. If you have an account, you can make them yours before.",
  "composer.which_way":
    "Please choose with a button whether to post anonymously or under your name. Nothing is posted yet, and your text is kept.",
  "recovery.wrong": "No anonymous identity has this code. A code works once, and a newer one ends it.",
  "accessToken.name_missing": "Please say what the token is for.",
  "accessToken.name_too_long": `A name can have ${limits.accessTokenName} characters.`,
  "accessToken.scopes_missing": "Please choose what the token is good for.",
  "accessToken.too_many": `You can have ${limits.accessTokens} tokens. Revoke one that you no longer use.`,
  "leaving.mode_missing": "Please choose what becomes of your comments.",
  "firstAdmin.link": "This link does not open anything any more. Start the server again to get a new one.",
  "mail.gone": "These mails are not here any more: they were sent, tried again or given up meanwhile.",
  "email.missing": "Please give a mail address.",
  "email.invalid": "This does not look like a mail address.",
  "email.taken": "This address belongs to another account.",
  "email.same": "This is your address already.",
  "email.confirmed": "Your address is confirmed already.",
  "handle.invalid": `A handle has ${limits.handle.min} to ${limits.handle.max} letters from a to z, digits and underscores.`,
  "handle.reserved": "This handle is kept for the site itself. Please choose another.",
  "handle.taken": "Somebody has this handle or one that looks like it. Please choose another.",
  "displayName.missing": "Please give a name that people will see.",
  "displayName.too_long": `A name can have ${limits.displayName} characters.`,
  "displayName.taken": "Somebody has this name or one that looks like it. Please choose another.",
  "identifier.missing": "Please give your user name or mail address.",
  "password.missing": "Please give a password.",
  "password.too_short": `A password has at least ${limits.password.min} characters. A few words in a row are easy to remember.`,
  "password.too_short_staff": `With your role a password has at least ${limits.password.staffMin} characters. A few words in a row are easy to remember.`,
  "password.too_long": `A password can have ${limits.password.max} characters.`,
  "password.common": "Many people have this password, so it is tried first. Please choose another.",
  "password.breached": "This password is known from a theft elsewhere. Please choose another.",
  "password.repeats": "This password repeats itself. Please choose another.",
  "password.sequence": "These characters stand in a row on the keyboard or in the alphabet. Please choose another.",
  "password.about_you":
    "This password is little more than your name, your address or the name of this site. Please choose another.",
  "password.wrong": "The password is not right.",
  "bio.invalid": "This is not of the form that is asked for.",
  "bio.too_long": `This can have ${number.format(limits.bio)} characters. Please shorten it; nothing is lost.`,
  "signUp.member": "You are logged in already.",
  "link.ended": "This link does not open anything any more: it was used, a newer one was sent, or its time is over.",
  "request.form_type": "The body must be sent as multipart/form-data.",
  "request.malformed_form": "The body is not a form that can be read.",
  "request.malformed": "The request could not be read.",
  "request.media_type": "Send the body as application/json.",
  "request.method": "This address does not answer to that kind of request.",
  "request.not_object": "Send a JSON object with named fields.",
  "field.unknown": "There is no such field here.",
  "field.wrong": "This is not of the form that is asked for.",
  "export.running": "Your archive is being made. A mail will tell you when it is there.",
  "export.too_often": "You have just had an archive made. Please wait a little before the next.",
  "provider.address_taken":
    "There is an account with this address already. Log in to it with its password, and link the two in your settings.",
  "provider.link_needed":
    "You are logged in, and this account of the other service is not linked to yours. Link it in your settings first.",
  "provider.linked_elsewhere": "This account of the other service belongs to another member here.",
  "provider.somebody_else":
    "The other service let somebody else in than the one who is logged in here, so nothing was done.",
  "provider.last_way_in": "This is your only way in. Set a password or link another service first.",
  "provider.unavailable":
    "The other service does not answer at this moment. Please try again later, or log in with your password.",
  "provider.denied": "The other service did not let you in, or you changed your mind there. Nothing was done.",
  "provider.failed":
    "What came back from the other service did not fit what was asked, so nothing was done. Please try again.",
  "review.changed": "The text was changed and handed in again since you read it. Please read it as it is now.",
  "reason.missing": "Please say why, so that the others understand.",
  "reason.too_long": `This can have ${number.format(limits.editorialReason)} characters. Please shorten it; nothing is lost.`,
  "revisionClass.missing": "Please choose what kind of change it is.",
  "revisionNote.missing": "Please tell readers in a line what has changed.",
  "revisionNote.too_long": `A note for readers can have ${number.format(limits.revisionNote)} characters.`,
  "schedule.missing": "Please give a day and a time.",
  "schedule.past": "This time is over. Please choose one to come, or publish now.",
  "schedule.too_far": "This is more than a year away. Please look at the date again.",
  "schedule.no_such_time": "There is no such time on that day. Please look at it again.",
  "slug.taken": "Another article has this address, or had it before. Its writers have to choose another.",
  "submit.unchanged": "This says the same as what readers see already. Change something first, or withdraw it.",
  "article.empty": "There is no text yet.",
  "title.missing": "There is no title yet.",
  "draft.saved_meanwhile": "Somebody saved this draft meanwhile. Please have a look at how it is now, and submit that.",
  "note.empty": "Please write something first.",
  "note.too_long": `A note can have ${number.format(limits.draftNote)} characters. Please shorten it; nothing is lost.`,
  "note.no_such_line": "There is no text on such a line. Leave the line out to write about the whole.",
  "note.too_many": `A draft can have ${limits.draftNotes} notes.`,
  "credits.unknown_member": "There is no member with this user name. Please look at the ones that begin with “@”.",
  "credits.nobody": "Please name at least one person.",
  "credits.too_many": `At most ${limits.creditedPeople} people can be named here, each with ${limits.creditedName} characters.`,
  "forbidden.revision.review": "You have written in this text yourself, so somebody else has to review it.",
  "draft.title_missing": "Please give it a title. You can change it as long as nobody has read it.",
  "draft.title_too_long": `A title can have ${limits.title} characters.`,
  "draft.slug_too_long": `An address can have ${limits.slug} characters.`,
  "draft.topic_too_long": `A topic can have ${limits.topicName} characters. Part topics by commas.`,
  "draft.topics_too_many": `An article can have ${limits.topics} topics.`,
  "draft.summary_too_long": `A summary can have ${limits.summary} characters. Please shorten it; nothing is lost.`,
  "draft.body_too_long": `An article can have ${number.format(limits.articleBody)} characters. Please shorten it; nothing is lost.`,
  "draft.line_too_long": `This can have ${limits.rightsLine} characters.`,
  "draft.open_already": "Somebody is writing a new text of this article already.",
  "draft.too_many": `You have ${limits.openDrafts} drafts. Bring some of them to an end first.`,
  "draft.conflict": "Somebody saved a change in the same place meanwhile. Nothing is lost: please decide.",
  "draft.closed.IN_REVIEW": "This text is with a reviewer now and cannot be changed. What you wrote is kept here.",
  "draft.closed.SCHEDULED": "This text is set for a day to come and cannot be changed. What you wrote is kept here.",
  "draft.closed.PUBLISHED": "This text is published. What you wrote is kept here; begin a new revision to use it.",
  "draft.closed.SUPERSEDED":
    "This text was published already. What you wrote is kept here; begin a new revision to use it.",
  "draft.closed.WITHDRAWN": "This draft was withdrawn. What you wrote is kept here; begin anew to use it.",
  "token.invalid": "This access token is not valid.",
  "token.scope": "This access token was not made for that.",
  "verdict.address_confirmed": "Its author's address is confirmed, and nothing else was in the way.",
  // Why a verdict stands in the log, where it needs no other reason.
  "verdict.approved": "A moderator read it and let it stand.",
  "verdict.reports_dismissed": "A moderator read it and found nothing wrong.",
  "verdict.edit_approved": "A moderator read the edit and let it stand.",
  "verdict.edit_declined": "A moderator read the edit and left the text as it was.",
  "verdict.held": "A moderator wants another look at it.",
  "verdict.spam": "A moderator took it for spam.",
  "verdict.restored": "A moderator thought again.",
  "verdict.taken_back": "A moderator took their verdict back.",
  "verdict.reason_missing": "Please say why it is removed: its author and everybody else will read it.",
  "verdict.words_too_long": `A reason can have ${limits.removalWords} characters.`,
  "verdict.nothing_to_undo": "There is nothing of yours to take back.",
  "verdict.final": "A verdict on an edit cannot be taken back.",
  "verdict.none_chosen": "Please choose the comments first.",
  "verdict.after.delete": "Its author deleted this comment meanwhile. Nothing is left to decide.",
  "verdict.after.edit": "Its author changed the text meanwhile. Please read it again before you decide.",
  "verdict.after.report": "Somebody reported this meanwhile. Please have another look before you decide.",
  "verdict.after.reversal": "{who} took a verdict on this back meanwhile. Nothing was done.",
  "verdict.after.APPROVE": "{who} approved this meanwhile. Nothing was done.",
  "verdict.after.HOLD": "{who} held this meanwhile. Nothing was done.",
  "verdict.after.MARK_SPAM": "{who} marked this as spam meanwhile. Nothing was done.",
  "verdict.after.REMOVE": "{who} removed this meanwhile. Nothing was done.",
  "verdict.after.RESTORE": "{who} restored this meanwhile. Nothing was done.",
  "verdict.after.DISMISS_REPORTS": "{who} dismissed the reports meanwhile. Nothing was done.",
  "verdict.after.APPROVE_EDIT": "{who} approved the edit meanwhile. Nothing was done.",
  "verdict.after.DECLINE_EDIT": "{who} declined the edit meanwhile. Nothing was done.",
  "thread.reason_too_long": `A reason can have ${number.format(limits.actionNote)} characters.`,
  "thread.enough_pinned": `Here ${limits.pinned} comments are pinned already. Take one of those pins away first.`,
  "thread.top_already": "This comment begins a conversation already.",
  "site.name_missing": "Please give the site a name.",
  "site.too_long": "This is too long for a line that stands on every page. Please shorten it; nothing is lost.",
  "site.time_zone": "There is no such time zone. Please choose one of the list.",
  "appeal.missing": "Please say why it should be put back.",
  "appeal.too_long": `An appeal can have ${number.format(limits.appealBody)} characters. Please shorten it; nothing is lost.`,
  "appeal.not_removed": "This comment is not removed, so there is nothing to object to.",
  "appeal.made": "You have objected to this removal already. A removal can be objected to once.",
  "appeal.answer_missing": "Please say why it stays removed: its author will read it.",
  "appeal.answer_too_long": `An answer can have ${number.format(limits.actionNote)} characters.`,
  "appeal.granted_meanwhile": "{who} granted this appeal meanwhile. Nothing was done.",
  "appeal.denied_meanwhile": "{who} denied this appeal meanwhile. Nothing was done.",
  "appeal.moot": "This comment was put back or deleted meanwhile. Nothing is left to decide.",
  "forbidden.appeal.decide": "Another moderator decides about this: you removed it, or it is your own.",
  "forbidden.comment.moderate": "This is your own. Another moderator decides about it.",
  "forbidden.comment.edit":
    "Only the one who wrote this comment can edit it: logged in, or in the browser they wrote it with.",
  "forbidden.comment.delete":
    "Only the one who wrote this comment can delete it: logged in, or in the browser they wrote it with.",
});

/** Puts names and numbers into a sentence that mentions them: "{who}". */
export function filledIn(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}

/** The sentence for a reason or an error code; a reason without a sentence of its own says what its error code says. */
export function sentence(reason: string, fallbackCode = "invalid"): string {
  return (
    sentences.get(reason) ?? tooOften.get(reason) ?? sentences.get(fallbackCode) ?? sentences.get("invalid") ?? reason
  );
}

/** Whether a sentence exists for this reason: tests ask. */
export function hasSentence(reason: string): boolean {
  return sentences.has(reason) || tooOften.has(reason);
}

const holdSentences = table({
  links: "It has several links, so a moderator will have a look first.",
  suspicion: "A moderator will have a look first.",
  renderer: "It could not be laid out as written, so a moderator will have a look first.",
  reports: "Several people have reported it, so a moderator will have a look.",
  muted: "A moderator reads what you write before others do. Why and until when is on the page /standing.",
  premoderated: "A moderator reads what you write before others do. Why and until when is on the page /standing.",
  all: "Here a moderator reads every comment first.",
  first: "A moderator reads first comments before others do.",
  host: "It links to a site that moderators want to know of, so one will have a look first.",
  unverified: "Your address is not confirmed yet, so a moderator will have a look first.",
});

/** Why a comment ("links") or an edit of it ("edit.links") waits, for its author. */
export function holdSentence(reason: string): string {
  return holdSentences.get(reason.replace(/^edit\./, "")) ?? "A moderator will have a look first.";
}

export const roleLabels = {
  AUTHOR: "Author",
  EDITOR: "Editor",
  MODERATOR: "Moderator",
  ADMIN: "Admin",
} as const;

export const revisionStateLabels = {
  DRAFT: "Draft",
  IN_REVIEW: "In review",
  CHANGES_REQUESTED: "Changes asked for",
  SCHEDULED: "Scheduled",
  PUBLISHED: "Published",
  SUPERSEDED: "Earlier text",
  WITHDRAWN: "Withdrawn",
} as const;

export const reportReasonLabels = {
  SPAM: "Advertising or spam",
  ABUSE: "Insulting or harassing",
  OFF_TOPIC: "Nothing to do with the article",
  PRIVATE_INFORMATION: "Gives away private information",
  ILLEGAL: "Against the law",
  OTHER: "Something else",
} as const;

/** Why a moderator removed a comment, for its author and everybody else. */
export const removalReasonLabels = {
  SPAM: "It is advertising or spam.",
  ABUSE: "It insults or harasses somebody.",
  OFF_TOPIC: "It has nothing to do with the article.",
  PRIVATE_INFORMATION: "It gives away private information.",
  ILLEGAL: "It is against the law.",
  IMPERSONATION: "It pretends to be somebody else.",
} as const;

/** The words of a removal's reason as it is kept: of the closed list, or a moderator's own. */
export function removalWords(kept: string): string {
  const reason = removalReasonOf(kept);
  return reason ? removalReasonLabels[reason] : kept;
}

/** "1 comment", "1,204 comments" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** What there was too much of, where it was not posting. */
const tooOften = table({
  "logIn.too_often": "There were too many tries to log in.",
  "password.too_often": "There were too many tries.",
  "signUp.too_often": "Too many accounts were made from here.",
  "reset.too_often": "Too many links were asked for from here.",
  "verification.too_often": "The link was sent several times already.",
  "account.too_often": "This was changed several times already.",
  "draft.too_often": "Many drafts were begun lately.",
  "thread.slow": "This discussion is slowed down, so that everybody can keep up.",
  "upload.too_often": "You brought many pictures.",
  "search.too_often": "There were many searches in a short time.",
  "handle.too_often": `A handle can be changed once in ${limits.handleChangeDays} days.`,
});

/** Takes the place of such a sentence in a browser that has found the proof of work. */
export const proofReady =
  "There were many tries lately, so your browser had to do a sum first. It is done: please try again.";

/** "10 seconds", "3 minutes", "5 hours", "2 days". What the database keeps of waits (lib/store/figures) is rounded in the same steps. */
export function spanOf(seconds: number): string {
  if (seconds < 90) return countOf(Math.max(1, seconds), "second");
  if (seconds <= 90 * 60) return countOf(Math.ceil(seconds / 60), "minute");
  return seconds <= 36 * 3600
    ? countOf(Math.ceil(seconds / 3600), "hour")
    : countOf(Math.ceil(seconds / 86_400), "day");
}

/** The sentence of a refused try that may be repeated. */
export function waitSentence(seconds: number, reason = ""): string {
  const cause = tooOften.get(reason);
  if (cause) return `${cause} Please wait ${spanOf(seconds)} and try again.`;
  return `That was quick. Please wait ${spanOf(seconds)} before you post again; your text is kept.`;
}
