// Handles that nobody can have: they sound like the house itself, or stand in addresses.

const words = `
about abuse account accounts admin administrator administrators admins all anon anonymous api app archive article articles
author authors auth ban banned blog bot bots browse calendar changelog colloquy comment comments community compare contact
cookie cookies copyright create daemon dashboard data delete deleted desk developer developers discuss discussion dmca docs
download drafts edit editor editors email error events everyone export faq feed feeds file files forgot guest guests health
healthz help history home host hostmaster image images import index info invite join legal library licence license list lists
localhost lock log log_in log_out login logout logs mail mailer mailer_daemon me media member members message messages
metrics mod moderation moderator moderators mods myself new news nobody noreply no_reply notifications null official operator
owner page pages password people person policy post postmaster posts press print privacy profile public readyz register
report reports reset review reviews revision revisions robots root rss save search secure security self session sessions
setting settings share sign_in sign_out sign_up signin signout signup site sitemap somebody someone spam staff stats status
suggest suggestion suggestions superuser support sysadmin system tag tags team terms test thread threads topic topics trash
undefined unknown unsubscribe update updates upload uploads user username users verify visitor visitors webmaster welcome
wiki www you
`;

export const reservedHandles: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
