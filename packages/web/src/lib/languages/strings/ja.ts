// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"文章はCC BY 4.0、コードはMITです。",
"footer.privacy":"このサイトはCookieを使わず、外部から何も読み込まず、閲覧者について何も送りません。",
"missing.text":"このアドレスにはページがありません。コードか言葉で調べてください。",
"missing.title":"ページが見つかりません",
"nav.analyze":"キャプチャを解説",
"nav.codes":"レスポンスコード",
"nav.compare":"比較",
"nav.home":"トップ",
"nav.language":"言語",
"nav.main":"主なページ",
"nav.reference":"リファレンス",
"nav.skip":"本文へ移動",
"nav.where":"現在位置",
"page.date":[{"value":"date"},"の文章"],
"page.edit":"このページを編集",
"page.english":"英語で読む",
"page.source":"このページの元ファイル",
"page.stale":"この翻訳より英語の原文の方が新しい。",
"search.button":"調べる",
"search.label":"コード、2つのコード、または言葉で調べる",
"search.placeholder":"486、202 vs 502、話中",
"site.description":"すべてのSIPレスポンスコードを解説：意味、誰が返すか、対処。キャプチャはアップロードせずブラウザの中で解説。",
"site.title":"sipwhy：SIPの呼がなぜその応答になったか"
}`) as Strings;
