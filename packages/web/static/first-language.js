// The chooser of languages leads on by itself where the browser says which one its reader wants.
const links = [...document.querySelectorAll("a[hreflang]")];
const wanted = navigator.languages.flatMap((tag) => [tag, tag.split("-")[0]]);
const first = wanted
  .map((tag) => links.find(({ hreflang }) => hreflang === tag || hreflang.split("-")[0] === tag))
  .find((link) => link !== undefined);
if (first !== undefined) location.replace(first.href);
