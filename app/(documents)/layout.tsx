// The frame of what everybody reads. The same for every reader: it asks who the site is, never who reads.
import "@/app/globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { enhancements } from "@/app/enhancements";
import { faces } from "@/app/fonts/faces";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { readSite } from "@/lib/services/read-site";
import { publicContext } from "@/lib/web/request";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
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

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f0" },
    { media: "(prefers-color-scheme: dark)", color: "#1b1917" },
  ],
};

export default async function DocumentsLayout({ children }: { children: ReactNode }) {
  const { name, tagline } = await readSite(publicContext());
  const scripts = enhancements();
  return (
    <html lang="en" className={faces} suppressHydrationWarning>
      <head>
        {scripts && <script src={scripts.theme} />}
        {scripts && <script src={scripts.enhance} defer />}
      </head>
      <body>
        <SiteHeader siteName={name} />
        {children}
        <SiteFooter siteName={name} tagline={tagline} />
      </body>
    </html>
  );
}
