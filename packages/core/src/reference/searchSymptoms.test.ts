import { describe, expect, test } from "vitest";
import { describeSearch, facts, search } from "./index.ts";
import { reference as de } from "./languages/de.ts";
import { reference as en } from "./languages/en.ts";
import { reference as es } from "./languages/es.ts";
import { reference as fr } from "./languages/fr.ts";
import { reference as ja } from "./languages/ja.ts";
import { reference as ko } from "./languages/ko.ts";
import { reference as ptBr } from "./languages/pt-BR.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";
import { searchSymptoms } from "./searchSymptoms.ts";
import { reference as zhHans } from "./languages/zh-Hans.ts";

/** What people ask, not always as content says it, and the symptom that is told first. */
const asked: readonly (readonly [ReferenceLanguage, string, string])[] = [
  [en, "one way audio", "no-audio"],
  [en, "customers can't hear us", "no-audio"],
  [en, "call drops after 30 seconds", "drops-after-30-seconds"],
  [en, "calls disconnect after 32 secs", "drops-after-30-seconds"],
  [en, "call drops after 15 minutes", "drops-after-minutes"],
  [en, "my phone won't register to the server", "does-not-register"],
  [en, "busy immediately", "busy-at-once"],
  [en, "wrong number", "wrong-number"],
  [en, "ring but no answer", "nobody-answers"],
  [en, "fax fails", "fax-fails"],
  [en, "transfer fails", "transfer-fails"],
  [en, "DTMF not working", "dtmf-fails"],
  [en, "incoming calls go straight to voicemail", "goes-to-voicemail"],
  [en, "calls go to voicemail", "goes-to-voicemail"],
  [en, "call drops after 32 seconds", "drops-after-30-seconds"],
  [en, "no ringback", "no-ringback"],
  [en, "no ring back tone when calling out", "no-ringback"],
  [en, "481 after hold", "hold-fails"],
  [en, "registration expires", "registration-lost"],
  [en, "phone loses registration after an hour", "registration-lost"],
  [en, "caller id anonymous rejected", "caller-id-refused"],
  [de, "Anrufer hört kein Freizeichen", "no-ringback"],
  [de, "Anrufe gehen direkt auf die Mailbox", "goes-to-voicemail"],
  [de, "Registrierung läuft ab", "registration-lost"],
  [es, "no se oye el tono de llamada", "no-ringback"],
  [es, "va directo al buzon", "goes-to-voicemail"],
  [fr, "pas de retour d'appel", "no-ringback"],
  [fr, "appels anonymes refusés", "caller-id-refused"],
  [ptBr, "cai na caixa postal", "goes-to-voicemail"],
  [ptBr, "ramal perde o registro", "registration-lost"],
  [ja, "呼び出し音が聞こえない", "no-ringback"],
  [ja, "非通知の着信が拒否される", "caller-id-refused"],
  [ja, "登録が切れる", "registration-lost"],
  [ko, "연결음이 안 들려요", "no-ringback"],
  [ko, "바로 음성사서함으로 넘어가요", "goes-to-voicemail"],
  [zhHans, "没有回铃音", "no-ringback"],
  [zhHans, "直接进语音信箱", "goes-to-voicemail"],
  [zhHans, "注册总是掉线", "registration-lost"],
  [de, "Kein Ton", "no-audio"],
  [de, "Gespräch bricht nach 30 Sekunden ab", "drops-after-30-seconds"],
  [de, "Telefon registriert sich nicht", "does-not-register"],
  [de, "Weiterverbinden geht nicht", "transfer-fails"],
  [es, "no se escucha nada", "no-audio"],
  [es, "la llamada se corta a los 30 segundos", "drops-after-30-seconds"],
  [es, "el telefono no registra", "does-not-register"],
  [fr, "on n'entend rien", "no-audio"],
  [fr, "appel coupé au bout de 30 secondes", "drops-after-30-seconds"],
  [fr, "le poste ne s'enregistre pas", "does-not-register"],
  [ptBr, "ligação muda", "no-audio"],
  [ptBr, "chamada cai depois de 30 segundos", "drops-after-30-seconds"],
  [ptBr, "ramal não registra", "does-not-register"],
  [ja, "片通話", "no-audio"],
  [ja, "電話が30秒で切れてしまいます", "drops-after-30-seconds"],
  [ja, "電話機がレジストできません", "does-not-register"],
  [ja, "FAXが送れません", "fax-fails"],
  [ko, "소리가 안 들려요", "no-audio"],
  [ko, "30초 후에 전화가 끊겨요", "drops-after-30-seconds"],
  [ko, "전화기 등록 실패", "does-not-register"],
  [zhHans, "单通", "no-audio"],
  [zhHans, "通话30秒断线", "drops-after-30-seconds"],
  [zhHans, "电话注册不上去", "does-not-register"],
];

/** A word alone, and what is mostly meant by it. */
const words: readonly (readonly [ReferenceLanguage, string, string])[] = [
  [en, "audio", "no-audio"],
  [en, "drops", "drops"],
  [en, "disconnects", "drops"],
  [en, "timeout", "long-silence"],
  [en, "register", "does-not-register"],
  [en, "registration", "does-not-register"],
  [en, "ringing", "nobody-answers"],
  [en, "busy", "busy-at-once"],
  [en, "voicemail", "goes-to-voicemail"],
  [en, "anonymous", "caller-id-refused"],
  [en, "ringback", "no-ringback"],
  [en, "hold", "hold-fails"],
  [en, "transfer", "transfer-fails"],
  [en, "silence", "no-audio"],
  [de, "Ton", "no-audio"],
  [de, "Abbruch", "drops"],
  [de, "Timeout", "long-silence"],
  [de, "besetzt", "busy-at-once"],
  [de, "Registrierung", "does-not-register"],
  [de, "Mailbox", "goes-to-voicemail"],
  [de, "klingelt", "nobody-answers"],
  [es, "audio", "no-audio"],
  [es, "registro", "does-not-register"],
  [es, "ocupado", "busy-at-once"],
  [es, "buzón", "goes-to-voicemail"],
  [fr, "coupure", "drops"],
  [fr, "occupé", "busy-at-once"],
  [fr, "messagerie", "goes-to-voicemail"],
  [ptBr, "áudio", "no-audio"],
  [ptBr, "registro", "does-not-register"],
  [ptBr, "ocupado", "busy-at-once"],
  [ja, "音声", "no-audio"],
  [ja, "切れる", "drops"],
  [ja, "話中", "busy-at-once"],
  [ja, "登録", "does-not-register"],
  [ja, "タイムアウト", "long-silence"],
  [ko, "소리", "no-audio"],
  [ko, "끊김", "drops"],
  [ko, "등록", "does-not-register"],
  [zhHans, "断线", "drops"],
  [zhHans, "注册", "does-not-register"],
  [zhHans, "超时", "long-silence"],
  [zhHans, "忙音", "busy-at-once"],
];

const symptomsFor = (text: string, language: ReferenceLanguage) =>
  searchSymptoms(text, language).map(({ symptom }) => symptom);

describe("the search for symptoms", () => {
  test.each(asked.map(([language, text, symptom]) => [language.tag, text, symptom, language] as const))(
    "in %s, %s leads to %s",
    (_tag, text, symptom, language) => {
      expect(symptomsFor(text, language)[0]).toBe(symptom);
    },
  );

  test.each(words.map(([language, word, symptom]) => [language.tag, word, symptom, language] as const))(
    "in %s, %s alone is taken for %s first",
    (_tag, word, symptom, language) => {
      expect(symptomsFor(word, language)[0]).toBe(symptom);
    },
  );

  test.each([en, ja, de, es, fr, ptBr, ko, zhHans])("in $tag finds each by its own name", (language) => {
    for (const { symptom } of facts.symptoms) {
      const found = searchSymptoms(language.symptoms[symptom].name, language);
      expect([symptom, found.map((hit) => hit.symptom)]).toEqual([symptom, expect.arrayContaining([symptom])]);
    }
  });

  test("wants more than a word that every symptom has, and more than half of a question", () => {
    expect(symptomsFor("call", en)).toEqual([]);
    expect(symptomsFor("1000", en)).toEqual([]);
    expect(symptomsFor("the weather in Berlin", en)).toEqual([]);
    expect(symptomsFor("how much is a phone line in Paris", en)).toEqual([]);
  });

  test("leaves a code that is named before them", () => {
    const [first] = search("service unavailable", en);
    expect(first).toMatchObject({ kind: "code", id: "503" });
    expect(search("busy", en)[0]).toMatchObject({ kind: "code" });
  });

  test("says what sipwhy cannot see, and names the rules that may tell why", () => {
    const { sections } = describeSearch("no audio", en);
    expect(sections[0]).toMatchObject({ key: "symptom", heading: "Symptom" });
    const [block] = sections[0].blocks;
    const text = block.kind === "rows" ? block.rows[0].value : "";
    expect(text).toContain("it does not listen to what is in it");
    expect(text).toContain("Rules that may say why: `media-missing`, `address-rewritten`");
  });
});
