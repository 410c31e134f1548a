import { Failure } from '../failure.js';
/** The acting clinician. Throws `practitioner-missing` where the calling system names none: the access log must name a person. */
export function requirePractitioner(caller) {
    if (caller.practitioner)
        return caller.practitioner;
    throw new Failure('practitioner-missing', {
        path: 'X-Acting-Practitioner',
        en: 'name the clinician who asks, in the header "X-Acting-Practitioner: <identifier system>|<value>, <name>" (the name percent-encoded UTF-8) or in the token extension ihe_iua: every look at results is logged under a person',
        zh: '请指明提出调阅的医务人员：使用请求头“X-Acting-Practitioner: <标识体系>|<标识值>, <姓名>”（姓名按 UTF-8 百分号编码），或令牌扩展 ihe_iua。每次调阅都须记录到具体的人。',
    });
}
