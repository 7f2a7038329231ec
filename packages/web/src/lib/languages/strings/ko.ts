// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"글은 CC BY 4.0, 코드는 MIT입니다.",
"footer.privacy":"이 사이트는 쿠키를 쓰지 않고, 외부에서 아무것도 불러오지 않으며, 이용자에 관해 아무것도 보내지 않습니다.",
"missing.text":"이 주소에는 페이지가 없습니다. 코드나 단어로 찾아보세요.",
"missing.title":"없는 페이지입니다",
"nav.analyze":"캡처 해설",
"nav.codes":"응답 코드",
"nav.compare":"비교",
"nav.home":"시작",
"nav.language":"언어",
"nav.main":"주요 페이지",
"nav.reference":"레퍼런스",
"nav.skip":"본문으로 건너뛰기",
"nav.where":"현재 위치",
"page.date":[{"value":"date"}," 글"],
"page.edit":"이 페이지 편집",
"page.english":"영어로 읽기",
"page.source":"이 페이지의 원본",
"page.stale":"영어 원문이 이 번역보다 새롭습니다.",
"search.button":"찾기",
"search.label":"코드, 코드 두 개 또는 단어로 찾기",
"search.placeholder":"486, 202 vs 502, 통화 중",
"site.description":"모든 SIP 응답 코드 해설: 뜻, 보내는 쪽, 조치. 캡처는 업로드 없이 브라우저 안에서 해설합니다.",
"site.title":"sipwhy: SIP 호가 왜 그 응답을 받았는가"
}`) as Strings;
