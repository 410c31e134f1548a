import { languageOf } from '../../faces/shown-failures.js';
/** The language of cards: by Accept-Language, Chinese where a client says nothing about it. */
export function cardLanguageOf(acceptLanguage) {
    return acceptLanguage === undefined ? 'zh' : languageOf(acceptLanguage);
}
