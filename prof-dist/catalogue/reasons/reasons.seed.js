/**
 * Published reasons for repeating an examination that could have been recognised, one list a region, as CSV.
 *
 * `national-2022` is the six situations of the national rule (国卫医发〔2022〕6号) in its order. A reason that does not count as a denial
 * (images not received, serial monitoring) is no refusal to recognise; a reason that requires a note is no reason without a text.
 */
export const REASONS_CSV = `list,code,text_zh,text_en,counts_as_denial,note_required
national-2022,1,因病情变化，检查检验结果与患者临床表现、疾病诊断不符，难以满足临床诊疗需求的,Condition changed; result does not fit the clinical picture or diagnosis,yes,no
national-2022,2,检查检验结果在疾病发展演变过程中变化较快的,Result changes quickly as the disease evolves,yes,no
national-2022,3,检查检验项目对于疾病诊疗意义重大的（如手术、输血等重大医疗措施前）,Item is of major significance (e.g. before surgery or transfusion),yes,no
national-2022,4,患者处于急诊、急救等紧急状态下的,Patient in emergency / first-aid state,yes,no
national-2022,5,涉及司法、伤残及病退等鉴定的,"Forensic, disability or sick-retirement appraisal",yes,no
national-2022,6,其他情形确需复查的,Other case where re-examination is really needed,yes,yes
provincial-A,01,因病情变化，检查检验结果与患者临床表现、疾病诊断不符，难以满足临床诊疗需求的,Condition changed,yes,no
provincial-A,02,检查检验结果在疾病发展演变过程中变化较快的,Changes quickly,yes,no
provincial-A,03,检查检验项目对于疾病诊疗意义重大的（如手术、输血等重大医疗措施前）,Major significance,yes,no
provincial-A,04,患者病情处于急诊、急救、重型、危重型等紧急状态下的,Emergency or critical,yes,no
provincial-A,05,涉及司法、伤残、病退、劳动仲裁等鉴定的,Appraisal incl. labour arbitration,yes,no
provincial-A,06,国家规定需要相应资质的检测机构的检查检验项目,Item that by law needs a qualified testing body,yes,no
provincial-A,07,诊治医师认为有必要进行再次检查的,Treating doctor finds repeat necessary,yes,no
provincial-A,08,其他情形确需复查的,Other,yes,yes
provincial-A,98,医院未收到或患者未能提供外院检查影像资料无法进行诊断的,Images not received / not provided,no,no
provincial-A,99,由于疾病诊断或病情发展监测需要进行连续性检查/检验,Serial monitoring needed,no,no
hangzhou-vendor,1,因病情变化，已有的检查结果无法反映患者目前病情,Condition changed,yes,no
hangzhou-vendor,2,因时效问题，已有的检查结果难以提供参考价值的项目,Stale result,yes,no
hangzhou-vendor,3,检查结果与疾病发展关联程度高、变化幅度大的项目,Strongly disease-linked / large variation,yes,no
chongqing-2018,1,因病情变化，已有的检验检查结果难以提供参考价值的,Condition changed,yes,no
chongqing-2018,2,检验检查结果在疾病发展过程中变化幅度较大的,Large variation,yes,no
chongqing-2018,3,检验检查结果与病情明显不符的,Result inconsistent with condition,yes,no
chongqing-2018,4,患者或其亲属要求做进一步检验检查的,Patient or family asks for more,yes,no
chongqing-2018,5,因疾病转归需连续对比观察的,Serial comparison,yes,no
chongqing-2018,6,司法、伤残及病退等鉴定所需的,Appraisal,yes,no
chongqing-2018,7,其他符合诊疗需要的不可预测情形,Other unforeseeable,yes,no
`;
