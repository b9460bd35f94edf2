/** Why a text is no well-formed XML element, as far as a chart can break it: quotes, `<`, `&`, nesting. Null where it is one. */
export function malformation(document: string): string | null {
  const open: string[] = [];
  const text = document.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  const tags = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
  let at = 0;
  while (at < text.trimEnd().length) {
    tags.lastIndex = at;
    const tag = tags.exec(text);
    if (tag === null) {
      const end = text.indexOf('<', at);
      const content = text.slice(at, end < 0 ? undefined : end);
      if (end === at || open.length === 0) return `no tag, no text: ${text.slice(at, at + 80)}`;
      if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)|>/.test(content)) return `not escaped: ${content}`;
      at += content.length;
      continue;
    }
    const [all, isEnd, name, attributes, isEmpty] = tag;
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(attributes!)) return `not escaped: ${all}`;
    if (isEnd !== '' && open.pop() !== name) return `ends what is not open: ${all}`;
    if (isEnd === '' && isEmpty === '') open.push(name!);
    at += all.length;
  }
  return open.length === 0 ? null : `left open: ${open.join(' ')}`;
}
