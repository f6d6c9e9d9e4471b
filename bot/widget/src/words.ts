import { en } from "./words.en";

export type Words = typeof en;

const LANGUAGES: Readonly<Record<string, Words>> = { en };

/** Returns the texts of the first wanted language that exists, else English. Tags like `en-US` count as `en`. */
export function wordsFor(wanted: readonly (string | null | undefined)[]): { language: string; words: Words } {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split("-")[0] ?? "";
    const words = LANGUAGES[language];
    if (words) return { language, words };
  }
  return { language: "en", words: en };
}
