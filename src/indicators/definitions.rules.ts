/** One count or rate, as a health commission has to be able to read it. */
export interface Definition {
  /** As the answers name it. */
  readonly name: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly definitionZh: string;
  readonly definitionEn: string;
  /** Where the formula, or the term, comes from; `own` where it is the definition of this exchange. */
  readonly source: string;
}

/** Of these definitions. A change of any of them is another version, since figures before and after it cannot be compared. */
export const DEFINITIONS_VERSION = 'tongjian-indicators-1';

/** An answer sooner than this after the check is counted as given without reading the result. */
export const QUICK_MS = 5_000;

const NATIONAL = '国卫医发〔2022〕6号';
const REPORTED = 'reported by the regional platforms (同期互认率, 调阅互认率)';

/** What is counted, exactly; the figures of every face are these. */
export const DEFINITIONS: readonly Definition[] = [
  {
    name: 'personTimes',
    nameZh: '人次',
    nameEn: 'person-times',
    definitionZh:
      '一名患者在一家机构的一次就诊（接诊系统给出的就诊号；未给出的，以该患者当日计）在一个北京时间自然日内计一人次。同一就诊跨日的，每日各计一次，因此各日之和等于各月之和。',
    definitionEn:
      'One visit of one patient to one institution (the encounter of the calling system; where it numbers none, the patient) within one day of Beijing. A visit that goes on for days is one each day, so that days add up to months.',
    source: 'own',
  },
  {
    name: 'itemTimes',
    nameZh: '项次',
    nameEn: 'item-times',
    definitionZh:
      '一人次中的一个项目计一项次，无论查询多少次、由多少位医师查询；组合项目计一项。归属于最后作出（且未撤销）决定的医师和科室；未决定的，归属于最先收到提醒者。因此各维度之和等于总数。计入查询发生之日，即使决定在以后作出。',
    definitionEn:
      'One item within one person-time, however often and by however many doctors it was asked for; a panel is one item. It belongs to the doctor and department of the last answer that stands, else to who was reminded first, so that groups add up to the total. It counts on the day of the check, however much later the answer comes.',
    source: 'own',
  },
  {
    name: 'lookUps',
    nameZh: '调阅',
    nameEn: 'look-ups',
    definitionZh:
      '医师看到其他机构既往结果的：互认查询中展示了候选结果（可互认或仅供参考），或调阅既往报告且至少显示一份其他机构的报告。未指定项目的调阅计为一项。须授权而未授权的查询不展示任何内容，不计。一次调阅显示多家机构结果的，接收侧计一次，各来源机构各计一次。',
    definitionEn:
      'A prior result of another institution was shown: by a check that answered with a candidate (recognisable or for reference), or by a look-up of prior results with at least one report of another institution. A look-up for whatever there is counts as one item. A check answered consent-required shows nothing and is none. One that shows results of several institutions is one at the receiving side and one at each of these.',
    source: REPORTED,
  },
  {
    name: 'reminders',
    nameZh: '提醒',
    nameEn: 'reminders',
    definitionZh: '互认查询（打开患者或开立医嘱时）答复为“可互认”的项次。',
    definitionEn: 'Item-times that a check, when the patient was opened or at order entry, answered with `recognisable`.',
    source: REPORTED,
  },
  {
    name: 'eligible',
    nameZh: '可互认',
    nameEn: 'eligible',
    definitionZh: '开立医嘱时被查询且答复为“可互认”的项次，即若不互认将要重复检查的项目；仅在打开患者时提示的不计。',
    definitionEn:
      'Reminders at order entry: the item was about to be examined, and a prior result could stand in for it. What was only brought to mind when the patient was opened is not among them.',
    source: NATIONAL,
  },
  {
    name: 'recognised',
    nameZh: '互认',
    nameEn: 'recognised',
    definitionZh: '提醒中最后一次有效决定为“互认”的。已撤销的决定视同未作出。',
    definitionEn: 'Reminders whose last answer that stands is a recognition. An answer that was taken back counts as not given.',
    source: NATIONAL,
  },
  {
    name: 'eligibleRecognised',
    nameZh: '可互认中已互认',
    nameEn: 'recognised of the eligible',
    definitionZh: '可互认项次中已互认的。',
    definitionEn: 'The recognised among the eligible.',
    source: NATIONAL,
  },
  {
    name: 'refused',
    nameZh: '不予互认',
    nameEn: 'refused',
    definitionZh: '提醒中最后一次有效决定为“不互认”，且地区理由清单将该理由计为不予互认的。',
    definitionEn: "Reminders whose last answer that stands is a refusal, for a reason that the region's list counts as one.",
    source: NATIONAL,
  },
  {
    name: 'excepted',
    nameZh: '不计入不予互认',
    nameEn: 'excepted',
    definitionZh: '提醒中以地区理由清单不计为不予互认的理由（如未收到影像资料、连续监测）未互认的；仍在分母之中。',
    definitionEn:
      "Reminders not recognised for a reason that the region's list does not count as a refusal (images not received, serial monitoring). They stay in the denominators.",
    source: 'provincial list of reasons, codes 98 and 99',
  },
  {
    name: 'unanswered',
    nameZh: '未答复',
    nameEn: 'unanswered',
    definitionZh: '没有有效决定的提醒；不视为不予互认。按人次计时，就诊中至少有一项未答复即计。',
    definitionEn: 'Reminders without an answer that stands; no answer is never a refusal.',
    source: 'own',
  },
  {
    name: 'ofReminders',
    nameZh: '同期互认率',
    nameEn: 'recognition rate of the period',
    definitionZh: '互认 ÷ 同期提醒。',
    definitionEn: 'Recognised / reminders of the same period.',
    source: REPORTED,
  },
  {
    name: 'ofLookUps',
    nameZh: '调阅互认率',
    nameEn: 'recognition rate of look-ups',
    definitionZh: '互认 ÷ 调阅。',
    definitionEn: 'Recognised / look-ups.',
    source: REPORTED,
  },
  {
    name: 'ofEligible',
    nameZh: '互认率',
    nameEn: 'recognition rate',
    definitionZh: '可互认中已互认 ÷ 可互认。',
    definitionEn: 'Recognised of the eligible / eligible.',
    source: `${NATIONAL}; a national quality goal since 2025`,
  },
  {
    name: 'examinations',
    nameZh: '检查检验',
    nameEn: 'examinations',
    definitionZh:
      '机构所作且已上传的检查检验，每份报告每个项目计一项次，计入检查或采样之日；同一患者一日计一人次。来源侧：当时有本机构可互认结果的检查检验。撤回的不计。',
    definitionEn:
      'What an institution examined and published: one item-time an item of a report, on the day of the examination or sampling; one person-time a patient and day. On the source side those that a recognisable result of the source could have stood in for. Withdrawn ones are none.',
    source: 'own',
  },
  {
    name: 'repeats',
    nameZh: '重复检查',
    nameEn: 'repeats',
    definitionZh: '互认时限内存在可互认结果而仍作检查，且没有有效理由的：既未作出不互认决定（线索），或已互认而仍重复检查。',
    definitionEn:
      'Examinations made although a result within its window was recognisable, without an accepted reason: nothing was said (a lead), or the result had been recognised and the examination was made all the same.',
    source: 'own',
  },
  {
    name: 'ofExaminations',
    nameZh: '重复检查率',
    nameEn: 'repeat rate',
    definitionZh: '重复检查 ÷ 检查检验。不按科室、医师和理由统计，因为报告不载明。',
    definitionEn: 'Repeats / examinations. Not by department, doctor and reason, which a report does not name.',
    source: 'own; common in the field, no published formula at hand',
  },
  {
    name: 'reasons',
    nameZh: '理由集中度',
    nameEn: 'concentration of reasons',
    definitionZh:
      '不予互认项次中：使用最多的理由及其占比；“其他”类理由（清单要求填写说明，或以“其他”开头）的占比；赫芬达尔指数（各理由占比平方和，1 为全部集中于一个理由）。',
    definitionEn:
      'Of the refused item-times: the most used reason and its share; the share of reasons of the kind "other" (those that the list wants a text for, or that begin with 其他); the Herfindahl index (sum of the squared shares; 1: all for one reason).',
    source: 'own, to show mechanical refusal',
  },
  {
    name: 'timeToDecide',
    nameZh: '决定用时',
    nameEn: 'time to decide',
    definitionZh: '从查询到有效决定的时间：中位数、第 90 百分位数（均取实际值），以及全部决定和不予互认中 5 秒之内作出的占比。',
    definitionEn:
      'From the check to the answer that stands: median and 90th percentile (values that occurred), and the shares of all answers and of the refusals that were given in less than 5 seconds.',
    source: 'own, to show mechanical refusal',
  },
];
