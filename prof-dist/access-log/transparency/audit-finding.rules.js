/** Each kind of finding in words that need no knowledge of hashes. */
const WORDS = {
    changed: {
        en: 'The entry was changed after it had been recorded: what stands there now is not what the log was signed over.',
        zh: '该记录在写入之后被改动：现有内容与日志签名时的内容不符。',
    },
    'changed-with-hash': {
        en: 'The entry was changed after it had been recorded, and the hash the database keeps of it was changed with it; the signed tree still holds the old one.',
        zh: '该记录在写入之后被改动，数据库中保存的散列值也一并被改，但签名树中仍是原来的散列值。',
    },
    misplaced: {
        en: 'The entry is genuine, but stands at another place than the one the log was signed with: entries were exchanged.',
        zh: '该记录内容属实，但所处位置与日志签名时不同：记录的次序被调换。',
    },
    doubled: { en: 'The entry is there more than once.', zh: '该记录重复出现。' },
    missing: {
        en: 'The log was signed over an entry here that is not there any more: it was removed, and no pruning on record covers it.',
        zh: '日志签名时此处有记录，现已不存在：记录被删除，且没有登记在案的清理可以解释。',
    },
    inserted: {
        en: 'The entry has no place in the signed tree: it was inserted past the log.',
        zh: '该记录在签名树中没有位置：系绕过日志插入。',
    },
    late: {
        en: 'The entry claims a time long before that of entries in front of it: it was inserted afterwards, or the clock was set back.',
        zh: '该记录所称时间远早于排在其前的记录：系事后插入，或时钟曾被回拨。',
    },
    reordered: { en: 'The entries are not in the order of their moments.', zh: '记录未按时间先后排列。' },
    'hash-altered': {
        en: 'The hash that the database keeps of this entry was changed; the signed tree holds another one.',
        zh: '数据库中保存的该记录散列值被改动，与签名树不符。',
    },
    'hash-missing': {
        en: 'The database has lost the hash of this entry, which the tree was signed over.',
        zh: '数据库中该记录的散列值缺失，而日志签名时存在。',
    },
    'tile-altered': {
        en: 'A stored part of the tree is not what follows from the entries below it.',
        zh: '所保存的部分散列树与其下的记录不符。',
    },
    'tile-missing': { en: 'A part of the tree that has to be there is not.', zh: '散列树应有的部分缺失。' },
    rewritten: {
        en: 'The tree is not the one that this checkpoint was signed over: entries before it were changed, removed or inserted, and the tree was built anew.',
        zh: '现有散列树与该检查点签名时的不同：此前的记录曾被改动、删除或插入，散列树被重新生成。',
    },
    'rolled-back': {
        en: 'The log shows a smaller tree than this checkpoint was signed over: an older state is passed off as the newest one, or the newest entries were removed.',
        zh: '日志出示的散列树小于该检查点签名时的规模：以旧状态冒充最新状态，或最新的记录已被删除。',
    },
    'signature-wrong': {
        en: 'The checkpoint does not carry a valid signature of a key that is trusted.',
        zh: '检查点没有受信任密钥的有效签名。',
    },
    'checkpoint-altered': {
        en: 'What is stored about the checkpoint is not what its note says.',
        zh: '所保存的检查点信息与其签名文本不一致。',
    },
    'checkpoint-missing': { en: 'A checkpoint that has to be there is not.', zh: '缺少应有的检查点。' },
    'other-log': { en: 'The checkpoint is of another log.', zh: '该检查点属于另一日志。' },
    unreadable: { en: 'This cannot be read as what it has to be.', zh: '无法按应有的格式读取。' },
    truncated: {
        en: 'The export breaks off: its last line, with count and checksum, is missing.',
        zh: '导出文件不完整：缺少载有行数与校验和的末行。',
    },
    'checksum-wrong': {
        en: 'The export is not the file that was handed out: count or checksum of its last line do not fit.',
        zh: '导出文件并非原件：末行的行数或校验和不符。',
    },
};
/** The finding in words; `detail` says what else is known of the case. */
function finding(kind, subject = {}, detail) {
    const { en, zh } = WORDS[kind];
    return { kind, ...subject, en: detail ? `${en} ${detail.en}` : en, zh: detail ? `${zh}${detail.zh}` : zh };
}
/** Findings that are told one by one; a log that is wrong throughout is not told more clearly by more of them. */
const FINDINGS_MAX = 1_000;
/** What was found, in the order in which it was; of very many, the first and how many there are. */
export class Findings {
    #list = [];
    #count = 0;
    get list() {
        return this.#list;
    }
    get count() {
        return this.#count;
    }
    add(kind, subject, detail) {
        this.#count += 1;
        if (this.#list.length < FINDINGS_MAX)
            this.#list.push(finding(kind, subject, detail));
    }
}
