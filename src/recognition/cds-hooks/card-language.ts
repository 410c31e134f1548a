import { languageOf } from '../../faces/shown-failures.ts';

/** The language of cards: by Accept-Language, Chinese where a client says nothing about it. */
export function cardLanguageOf(acceptLanguage: string | undefined): 'zh' | 'en' {
  return acceptLanguage === undefined ? 'zh' : languageOf(acceptLanguage);
}
