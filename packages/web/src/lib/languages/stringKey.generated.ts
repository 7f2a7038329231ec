// Generated from content/ by `npm run generate`. Do not edit.

/** A key of content/<lang>/web.json. */
export type StringKey =
  | "footer.license"
  | "footer.privacy"
  | "missing.text"
  | "missing.title"
  | "nav.analyze"
  | "nav.codes"
  | "nav.compare"
  | "nav.home"
  | "nav.language"
  | "nav.main"
  | "nav.reference"
  | "nav.skip"
  | "nav.where"
  | "page.date"
  | "page.edit"
  | "page.english"
  | "page.source"
  | "page.stale"
  | "search.button"
  | "search.label"
  | "search.placeholder"
  | "site.description"
  | "site.title";
