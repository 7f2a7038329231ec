// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"文字采用 CC BY 4.0，代码采用 MIT。",
"footer.privacy":"本站不使用 Cookie，不从别处加载任何内容，也不发送有关您的任何信息。",
"missing.text":"这个地址没有对应的页面。请改为查询响应码或词语。",
"missing.title":"没有这个页面",
"nav.analyze":"讲解抓包",
"nav.codes":"响应码",
"nav.compare":"对比",
"nav.home":"首页",
"nav.language":"语言",
"nav.main":"主要页面",
"nav.reference":"参考",
"nav.skip":"跳到正文",
"nav.where":"当前位置",
"page.date":[{"value":"date"}," 的文字"],
"page.edit":"编辑本页",
"page.english":"阅读英文版",
"page.source":"本页的源文件",
"page.stale":"英文原文比此译文新。",
"search.button":"查询",
"search.label":"查一个码、两个码或词语",
"search.placeholder":"486、202 vs 502、忙",
"site.description":"逐一讲解每个 SIP 响应码：含义、由谁发出、如何处理。抓包在浏览器中讲解，无需上传。",
"site.title":"sipwhy：SIP 呼叫为什么得到这个响应"
}`) as Strings;
