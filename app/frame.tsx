// The frame of every document: head, foot and the two small scripts. It asks who the site is; who reads is said by the layout.
import "@/app/globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { logOut } from "@/app/(personal)/log-out/actions";
import { enhancements } from "@/app/enhancements";
import { faces } from "@/app/fonts/faces";
import { AccountLink } from "@/components/site/account-link";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { readSite } from "@/lib/services/read-site";
import { publicContext } from "@/lib/web/request";
import { scriptNonce } from "@/lib/web/respond";

export async function frameMetadata(): Promise<Metadata> {
  const ctx = publicContext();
  const { name, tagline } = await readSite(ctx);
  return {
    metadataBase: new URL(ctx.ownOrigin),
    title: { default: name, template: `%s · ${name}` },
    description: tagline,
    applicationName: name,
    icons: {
      icon: [{ url: "/favicon.svg", type: "image/svg+xml" }],
      apple: [{ url: "/apple-touch-icon.png", sizes: "180x180" }],
    },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const frameViewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f0" },
    { media: "(prefers-color-scheme: dark)", color: "#1b1917" },
  ],
};

interface FrameProps {
  /** Who is logged in; left out on documents that are the same for everybody. */
  person?: { name: string; rooms: readonly ("desk" | "people")[] };
  children: ReactNode;
}

export async function Frame({ person, children }: FrameProps) {
  const { name, tagline } = await readSite(publicContext());
  const scripts = enhancements();
  return (
    <html lang="en" className={faces} suppressHydrationWarning>
      <head>
        {scripts && (
          <script nonce={scriptNonce()} src={scripts.enhance} data-tools={scripts.tools} data-solver={scripts.prove} />
        )}
      </head>
      <body>
        <SiteHeader siteName={name} account={<AccountLink logOut={logOut} {...person} />} />
        {children}
        <SiteFooter siteName={name} tagline={tagline} />
      </body>
    </html>
  );
}
