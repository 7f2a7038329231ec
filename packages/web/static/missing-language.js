// The page of an address that does not exist speaks all languages. It keeps the one that the address names, or else the browser's, and
// takes the numbers of the address to the search: they may be codes that nobody registered.
const apologies = [...document.querySelectorAll("li[lang]")];
const wanted = [...location.pathname.split("/"), ...navigator.languages.flatMap((tag) => [tag, tag.split("-")[0]])];
const own = wanted
  .map((tag) => apologies.find(({ lang }) => lang === tag || lang.split("-")[0] === tag))
  .find((apology) => apology !== undefined);
const numbers = location.pathname.match(/(?<!\d)\d{3}(?!\d)/gu)?.join(" ");
for (const apology of apologies) apology.hidden = own !== undefined && apology !== own;
if (own !== undefined) document.documentElement.lang = own.lang;
if (numbers !== undefined)
  for (const link of document.querySelectorAll("a.search")) link.search = `?q=${encodeURIComponent(numbers)}`;
