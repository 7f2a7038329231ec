import { inEveryLanguage } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageLoad } from "./$types";

/** The one page that works with a script: it reads captures in the browser. */
export const csr = true;

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ parent }) => {
  const { say } = await parent();
  const meta: PageMeta = {
    title: say("analyze.pageTitle"),
    description: say("analyze.description"),
    path: "analyze/",
    crumbs: [],
    schema: {
      "@type": "WebApplication",
      name: say("analyze.pageTitle"),
      applicationCategory: "DeveloperApplication",
      operatingSystem: "Any",
    },
  };
  return { meta };
};
