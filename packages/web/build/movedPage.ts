/** The page of a pair in the other order: it leads to the pair in ascending order, with or without a browser that follows by itself. */
export function movedPage(lang: string, a: string, b: string, address: string): string {
  const path = `/${lang}/compare/${a}-vs-${b}/`;
  return [
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>SIP ${a} vs ${b}</title>`,
    `<link rel="canonical" href="${address}${path}"><meta name="robots" content="noindex">`,
    `<meta http-equiv="refresh" content="0; url=../${a}-vs-${b}/"></head>`,
    `<body><a href="../${a}-vs-${b}/">SIP ${a} vs ${b}</a></body></html>\n`,
  ].join("");
}
