/** What is still being gathered of something that nobody changes once it was told. */
export type Mutable<Told> = { -readonly [Key in keyof Told]: Told[Key] };
