// Generated from content/ by `npm run generate`. Do not edit.

/** By rule id: each cause its prose knows, with the values its title, why and fix mention. */
export interface RuleValues {}
