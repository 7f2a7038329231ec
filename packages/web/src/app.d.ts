import type { Say } from "#lib/languages/words.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { Locale } from "@sipwhy/core/language";

declare global {
  namespace App {
    interface PageData {
      locale?: Locale;
      say?: Say;
      meta?: PageMeta;
    }
    interface PageState {
      /** A page that is shown in the place of the one that the router has. */
      shown?: { readonly url: string; readonly visit: number };
    }
  }

  /** Origin and path below which the site will stand; empty where the build was not told. */
  const SIPWHY_ADDRESS: string;
  /** Before the path of a source file, for "edit this page"; empty where there is no such place. */
  const SIPWHY_EDIT: string;
  /** Which pages the build writes. */
  const SIPWHY_PAGES: "all" | "sample" | "none";
}
