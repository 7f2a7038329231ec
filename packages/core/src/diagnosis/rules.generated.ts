// Generated from content/ by `npm run generate`. Do not edit.

/** Every rule, by id. */
export const rules: readonly [] = [];
