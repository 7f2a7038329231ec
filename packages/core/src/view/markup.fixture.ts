/** An element of the markup, with its attributes as written. */
export interface Tag {
  readonly name: string;
  readonly attributes: string;
}

const voidElements = new Set(["meta", "link", "br", "hr", "input"]);

/** The elements of HTML or SVG that we wrote, in order. Throws where an element is not closed or a character should be a reference. */
export function tagsOf(markup: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const tokens =
    /<!doctype html>|<(\/?)([a-z][\w-]*)((?: [\w:-]+(?:="[^"<]*")?)*)(\/?)>|&(?:amp|lt|gt|quot|#39);|[^<&]+/gy;
  let end = 0;
  for (const [token, close, name, attributes, empty] of markup.matchAll(tokens)) {
    end += token.length;
    if (name === undefined) continue;
    if (close === "/" && open.pop() !== name) throw new Error(`${token} at ${end} closes another element`);
    if (close === "") tags.push({ name, attributes });
    if (close === "" && empty === "" && !voidElements.has(name)) open.push(name);
  }
  if (end < markup.length) throw new Error(`no markup at ${end}: ${markup.slice(end, end + 60)}`);
  if (open.length > 0) throw new Error(`not closed: ${open.join()}`);
  return tags;
}
