/**
 * The items of the editions that the project brings along, as CSV: facts gathered from published national, provincial and regional lists.
 * The columns are those of every edition, and the last one says which of the two an item is in.
 *
 * Windows: Hubei reference limits (chemistry 7, 30, 60 d), Xinjiang Production and Construction Corps (blood count 6 h, urine chemistry
 * 12 h, microbiology 3 d, immunology and molecular tests 7 d, each only without treatment in between), Sichuan and Chongqing (imaging:
 * generally 3 months); empty where no published list names a limit. Laboratory items count from sampling, imaging and ECG from the
 * examination, pathology from the report. Units are UCUM.
 *
 * What Yubei had in May 2024 is published as a number, 45 laboratory and 67 imaging items. Here these are the 45 that most of the published
 * lists name, in the order below where as many do, and all radiology and nuclear medicine, without ultrasound and bone densitometry.
 *
 * A result of imaging, ultrasound among it, is images (Administrative Measures for mutual recognition, 2022): their originals are required.
 * Treponema antibodies and HPV count as sexually transmitted. Panels are what one order measures: the eight values of a blood count, ten of
 * a urine strip, five of clotting; D-dimer and the differential are ordered apart. No published negative list was at hand: it is empty.
 */
export const ITEMS_CSV = `code,kind,name_zh,name_en,loinc,unit,specimen_or_body_part,modality,window,window_basis,window_without_treatment,negative_zh,negative_en,originals_required,sensitivity,panels,editions
TP,laboratory,总蛋白(TP),Total protein,2885-2,g/L,血清/血浆,,P30D,sampled,,,,,,,112|222
ALB,laboratory,白蛋白(ALB),Albumin,1751-7,g/L,血清/血浆,,P30D,sampled,,,,,,,112|222
GLB,laboratory,球蛋白(GLB),Globulin,10834-0,g/L,血清/血浆,,,sampled,,,,,,,222
PA,laboratory,前白蛋白(PA),Prealbumin,14338-8,mg/L,血清/血浆,,,sampled,,,,,,,222
FER,laboratory,铁蛋白(Fer),Ferritin,2276-4,ng/mL,血清/血浆,,P30D,sampled,,,,,,,222
GLU,laboratory,葡萄糖(Glu),Glucose,14749-6,mmol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
HBA1C,laboratory,糖化血红蛋白A1c(HbA1c),Haemoglobin A1c (NGSP),4548-4,%,全血,,P60D,sampled,,,,,,,112|222
TC,laboratory,总胆固醇(TC),Total cholesterol,14647-2,mmol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
TG,laboratory,甘油三酯(TG),Triglycerides,14927-8,mmol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
HDL-C,laboratory,高密度脂蛋白胆固醇(HDL-C),HDL cholesterol,14646-4,mmol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
LDL-C,laboratory,低密度脂蛋白胆固醇(LDL-C),LDL cholesterol,22748-8,mmol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
APOA1,laboratory,载脂蛋白A1(ApoA1),Apolipoprotein A-I,1869-7,g/L,血清/血浆,,P30D,sampled,,,,,,,222
APOB,laboratory,载脂蛋白B(ApoB),Apolipoprotein B,1884-6,g/L,血清/血浆,,P30D,sampled,,,,,,,222
LPA,laboratory,脂蛋白(a)[Lp(a)],Lipoprotein (a),10835-7,mg/L,血清/血浆,,,sampled,,,,,,,222
K,laboratory,钾(K),Potassium,2823-3,mmol/L,血清/血浆,,P7D,sampled,,,,,,,112|222
NA,laboratory,钠(Na),Sodium,2951-2,mmol/L,血清/血浆,,P7D,sampled,,,,,,,112|222
CL,laboratory,氯(Cl),Chloride,2075-0,mmol/L,血清/血浆,,P7D,sampled,,,,,,,112|222
CA,laboratory,钙(Ca),"Calcium, total",2000-8,mmol/L,血清/血浆,,P7D,sampled,,,,,,,112|222
MG,laboratory,镁(Mg),Magnesium,2601-3,mmol/L,血清/血浆,,P7D,sampled,,,,,,,222
FE,laboratory,铁(Fe),Iron,14798-3,umol/L,血清/血浆,,P7D,sampled,,,,,,,222
TIBC,laboratory,总铁结合力(TIBC),Total iron-binding capacity,14800-7,umol/L,血清/血浆,,P7D,sampled,,,,,,,222
PHOS,laboratory,无机磷酸盐(P),"Phosphate, inorganic",14879-1,mmol/L,血清/血浆,,P7D,sampled,,,,,,,222
LI,laboratory,锂(Li),Lithium,14334-7,mmol/L,血清/血浆,,P7D,sampled,,,,,,,222
TBIL,laboratory,总胆红素(TBIL),Total bilirubin,14631-6,umol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
DBIL,laboratory,直接胆红素(DBIL),Direct bilirubin,14629-0,umol/L,血清/血浆,,P30D,sampled,,,,,,,112|222
ALT,laboratory,丙氨酸氨基转移酶(ALT),Alanine aminotransferase,1742-6,U/L,血清/血浆,,,sampled,,,,,,,112|222
AST,laboratory,天门冬氨酸氨基转移酶(AST),Aspartate aminotransferase,1920-8,U/L,血清/血浆,,,sampled,,,,,,,112|222
ALP,laboratory,碱性磷酸酶(ALP),Alkaline phosphatase,6768-6,U/L,血清/血浆,,,sampled,,,,,,,112|222
GGT,laboratory,γ-谷氨酰基转移酶(GGT),Gamma-glutamyl transferase,2324-2,U/L,血清/血浆,,,sampled,,,,,,,112|222
LDH,laboratory,乳酸脱氢酶(LDH),Lactate dehydrogenase,2532-0,U/L,血清/血浆,,,sampled,,,,,,,112|222
CK,laboratory,肌酸激酶(CK),Creatine kinase,2157-6,U/L,血清/血浆,,,sampled,,,,,,,112|222
AMY,laboratory,淀粉酶(AMY),Amylase,1798-8,U/L,血清/血浆,,,sampled,,,,,,,112|222
CHE,laboratory,胆碱酯酶(CHE),Cholinesterase,2098-2,U/L,血清/血浆,,,sampled,,,,,,,222
CREA,laboratory,肌酐(Cre),Creatinine,14682-9,umol/L,血清/血浆,,,sampled,,,,,,,112|222
UREA,laboratory,尿素(Urea),Urea,22664-7,mmol/L,血清/血浆,,,sampled,,,,,,,112|222
UA,laboratory,尿酸(UA),Uric acid,14933-6,umol/L,血清/血浆,,,sampled,,,,,,,112|222
HCY,laboratory,同型半胱氨酸(Hcy),Homocysteine,13965-9,umol/L,血清/血浆,,,sampled,,,,,,,222
TBA,laboratory,总胆汁酸(TBA),Total bile acids,14628-2,umol/L,血清/血浆,,,sampled,,,,,,,222
CYSC,laboratory,胱抑素C(CysC),Cystatin C,33863-2,mg/L,血清/血浆,,,sampled,,,,,,,222
CK-MB,laboratory,肌酸激酶同工酶质量(CK-MB),CK-MB mass,13969-1,ng/mL,血清/血浆,,,sampled,,,,,,,222
CTNI,laboratory,肌钙蛋白I(cTnI),"Troponin I, cardiac",10839-9,ng/mL,血清/血浆,,,sampled,,,,,,,222
HS-CTNT,laboratory,高敏肌钙蛋白T(hs-cTnT),"Troponin T, cardiac, high sensitivity",67151-1,ng/L,血清/血浆,,,sampled,,,,,,,222
MYO,laboratory,肌红蛋白(Myo),Myoglobin,2639-3,ng/mL,血清/血浆,,,sampled,,,,,,,222
NT-PROBNP,laboratory,N末端B型钠尿肽前体(NT-proBNP),NT-proBNP,33762-6,pg/mL,血清/血浆,,,sampled,,,,,,,222
BNP,laboratory,B型钠尿肽(BNP),BNP,30934-4,pg/mL,血清/血浆,,,sampled,,,,,,,222
CRP,laboratory,C反应蛋白(CRP),C-reactive protein,1988-5,mg/L,血清/血浆,,,sampled,,,,,,,222
HS-CRP,laboratory,超敏C反应蛋白(hs-CRP),"C-reactive protein, high sensitivity",30522-7,mg/L,血清/血浆,,,sampled,,,,,,,222
PCT,laboratory,降钙素原(PCT),Procalcitonin,33959-8,ng/mL,血清/血浆,,,sampled,,,,,,,222
LPS,laboratory,脂肪酶(LPS),Lipase,3040-3,U/L,血清/血浆,,,sampled,,,,,,,222
LAC,laboratory,乳酸(Lac),Lactate,2524-7,mmol/L,血清/血浆,,,sampled,,,,,,,222
HBSAG,laboratory,乙型肝炎病毒表面抗原(HBsAg),Hepatitis B surface antigen,5196-1,,血清/血浆,,P7D,sampled,true,,,,,,112|222
HBSAB,laboratory,乙型肝炎病毒表面抗体(HBsAb),Hepatitis B surface antibody,16935-9,m[IU]/mL,血清/血浆,,P7D,sampled,true,,,,,,112|222
HBEAG,laboratory,乙型肝炎病毒e抗原(HBeAg),Hepatitis B e antigen,13954-3,,血清/血浆,,P7D,sampled,true,,,,,,112|222
HBEAB,laboratory,乙型肝炎病毒e抗体(HBeAb),Hepatitis B e antibody,13953-5,,血清/血浆,,P7D,sampled,true,,,,,,112|222
HBCAB,laboratory,乙型肝炎病毒核心抗体(HBcAb),Hepatitis B core antibody,13952-7,,血清/血浆,,P7D,sampled,true,,,,,,112|222
HCV-AB,laboratory,丙型肝炎病毒抗体(抗-HCV),Hepatitis C antibody,13955-0,,血清/血浆,,P7D,sampled,true,,,,,,112|222
HAV-IGM,laboratory,甲型肝炎病毒IgM抗体(HAV-IgM),Hepatitis A virus IgM,13950-1,,血清/血浆,,P7D,sampled,true,,,,,,222
HEV-IGM,laboratory,戊型肝炎病毒IgM抗体(HEV-IgM),Hepatitis E virus IgM,,,血清/血浆,,P7D,sampled,true,,,,,,222
TP-AB,laboratory,梅毒螺旋体特异性抗体(TP-Ab),Treponema pallidum antibody,24110-9,,血清/血浆,,P7D,sampled,true,,,,STD,,222
HIV-AB,laboratory,人类免疫缺陷病毒抗体(抗-HIV),HIV 1+2 antibody,31201-7,,血清/血浆,,P7D,sampled,true,,,,HIV,,222
AFP,laboratory,甲胎蛋白(AFP),Alpha-fetoprotein,1834-1,ng/mL,血清/血浆,,P7D,sampled,true,,,,,,112|222
CEA,laboratory,癌胚抗原(CEA),Carcinoembryonic antigen,2039-6,ng/mL,血清/血浆,,P7D,sampled,true,,,,,,112|222
TPSA,laboratory,前列腺特异性抗原(tPSA),"Prostate specific antigen, total",2857-1,ng/mL,血清/血浆,,P7D,sampled,true,,,,,,222
CA125,laboratory,糖类抗原125(CA125),CA 125,10334-1,U/mL,血清/血浆,,P7D,sampled,true,,,,,,222
CA153,laboratory,糖类抗原15-3(CA15-3),CA 15-3,6875-9,U/mL,血清/血浆,,P7D,sampled,true,,,,,,222
CA199,laboratory,糖类抗原19-9(CA19-9),CA 19-9,24108-3,U/mL,血清/血浆,,,sampled,,,,,,,222
BETA-HCG,laboratory,β-人绒毛膜促性腺激素(β-HCG),Beta-hCG,21198-7,m[IU]/mL,血清/血浆,,P7D,sampled,true,,,,,,222
TSH,laboratory,促甲状腺激素(TSH),Thyrotropin,3016-3,m[IU]/L,血清/血浆,,P7D,sampled,true,,,,,,222
T3,laboratory,总三碘甲状腺原氨酸(T3),"Triiodothyronine, total",14930-2,nmol/L,血清/血浆,,P7D,sampled,true,,,,,,222
FT3,laboratory,游离三碘甲状腺原氨酸(FT3),"Triiodothyronine, free",14928-6,pmol/L,血清/血浆,,P7D,sampled,true,,,,,,222
T4,laboratory,总甲状腺素(T4),"Thyroxine, total",14921-1,nmol/L,血清/血浆,,P7D,sampled,true,,,,,,222
FT4,laboratory,游离甲状腺素(FT4),"Thyroxine, free",14920-3,pmol/L,血清/血浆,,P7D,sampled,true,,,,,,222
IGG,laboratory,免疫球蛋白G(IgG),Immunoglobulin G,2465-3,g/L,血清/血浆,,P7D,sampled,true,,,,,,222
IGA,laboratory,免疫球蛋白A(IgA),Immunoglobulin A,2458-8,g/L,血清/血浆,,P7D,sampled,true,,,,,,222
IGM,laboratory,免疫球蛋白M(IgM),Immunoglobulin M,2472-9,g/L,血清/血浆,,P7D,sampled,true,,,,,,222
C3,laboratory,补体C3,Complement C3,4485-9,g/L,血清/血浆,,P7D,sampled,true,,,,,,222
C4,laboratory,补体C4,Complement C4,4498-2,g/L,血清/血浆,,P7D,sampled,true,,,,,,222
RF,laboratory,类风湿因子(RF),Rheumatoid factor,11572-5,[IU]/mL,血清/血浆,,,sampled,,,,,,,222
VITB12,laboratory,维生素B12,Vitamin B12,14685-2,pmol/L,血清/血浆,,,sampled,,,,,,,222
FOLATE,laboratory,叶酸,Folate,14732-2,nmol/L,血清/血浆,,,sampled,,,,,,,222
VITD25,laboratory,25-羟维生素D,25-hydroxyvitamin D,1989-3,ng/mL,血清/血浆,,,sampled,,,,,,,222
FSH,laboratory,促卵泡生成素(FSH),Follicle stimulating hormone,15067-2,m[IU]/mL,血清/血浆,,,sampled,,,,,,,222
LH,laboratory,促黄体生成素(LH),Luteinizing hormone,10501-5,m[IU]/mL,血清/血浆,,,sampled,,,,,,,222
E2,laboratory,雌二醇(E2),Estradiol,2243-4,pg/mL,血清/血浆,,,sampled,,,,,,,222
PROG,laboratory,孕酮(P),Progesterone,2839-9,ng/mL,血清/血浆,,,sampled,,,,,,,222
TESTO,laboratory,睾酮(T),Testosterone,2986-8,ng/dL,血清/血浆,,,sampled,,,,,,,222
PRL,laboratory,泌乳素(PRL),Prolactin,2842-3,ng/mL,血清/血浆,,,sampled,,,,,,,222
INS,laboratory,胰岛素(INS),Insulin,20448-7,u[IU]/mL,血清/血浆,,,sampled,,,,,,,222
C-PEPTIDE,laboratory,C肽(C-P),C-peptide,1986-9,ng/mL,血清/血浆,,,sampled,,,,,,,222
CORTISOL,laboratory,皮质醇(COR),Cortisol,2143-6,ug/dL,血清/血浆,,,sampled,,,,,,,222
WBC,laboratory,白细胞计数(WBC),Leukocytes,6690-2,10*9/L,全血,,PT6H,sampled,true,,,,,CBC,112|222
RBC,laboratory,红细胞计数(RBC),Erythrocytes,789-8,10*12/L,全血,,PT6H,sampled,true,,,,,CBC,112|222
HGB,laboratory,血红蛋白(HGB),Haemoglobin,718-7,g/L,全血,,PT6H,sampled,true,,,,,CBC,112|222
PLT,laboratory,血小板计数(PLT),Platelets,777-3,10*9/L,全血,,PT6H,sampled,true,,,,,CBC,112|222
HCT,laboratory,红细胞压积(HCT),Haematocrit,4544-3,%,全血,,PT6H,sampled,true,,,,,CBC,112|222
MCV,laboratory,平均红细胞体积(MCV),Mean corpuscular volume,787-2,fL,全血,,PT6H,sampled,true,,,,,CBC,112|222
MCH,laboratory,平均红细胞血红蛋白含量(MCH),Mean corpuscular haemoglobin,785-6,pg,全血,,PT6H,sampled,true,,,,,CBC,112|222
MCHC,laboratory,平均红细胞血红蛋白浓度(MCHC),Mean corpuscular haemoglobin concentration,786-4,g/L,全血,,PT6H,sampled,true,,,,,CBC,112|222
NEUT-ABS,laboratory,中性粒细胞绝对值(NEUT#),"Neutrophils, absolute",751-8,10*9/L,全血,,,sampled,,,,,,,222
NEUT-PCT,laboratory,中性粒细胞百分率(NEUT%),Neutrophils %,770-8,%,全血,,,sampled,,,,,,,222
LYMPH-ABS,laboratory,淋巴细胞绝对值(LYMPH#),"Lymphocytes, absolute",731-0,10*9/L,全血,,,sampled,,,,,,,222
LYMPH-PCT,laboratory,淋巴细胞百分率(LYMPH%),Lymphocytes %,736-9,%,全血,,,sampled,,,,,,,222
MONO-PCT,laboratory,单核细胞百分率(MONO%),Monocytes %,5905-5,%,全血,,,sampled,,,,,,,222
EO-PCT,laboratory,嗜酸性粒细胞百分率(EO%),Eosinophils %,713-8,%,全血,,,sampled,,,,,,,222
BASO-PCT,laboratory,嗜碱性粒细胞百分率(BASO%),Basophils %,706-2,%,全血,,,sampled,,,,,,,222
RDW-CV,laboratory,红细胞分布宽度(RDW-CV),Red cell distribution width,788-0,%,全血,,,sampled,,,,,,,222
RET-PCT,laboratory,网织红细胞百分率(RET%),Reticulocytes %,17849-1,%,全血,,,sampled,,,,,,,222
ESR,laboratory,红细胞沉降率(ESR),Erythrocyte sedimentation rate,30341-2,mm/h,全血,,,sampled,,,,,,,222
PT,laboratory,凝血酶原时间(PT),Prothrombin time,5902-2,s,血浆(枸橼酸),,,sampled,,,,,,COAG,222
INR,laboratory,国际标准化比值(INR),INR,6301-6,{INR},血浆(枸橼酸),,,sampled,,,,,,COAG,222
APTT,laboratory,活化部分凝血活酶时间(APTT),Activated partial thromboplastin time,14979-9,s,血浆(枸橼酸),,,sampled,,,,,,COAG,222
FIB,laboratory,纤维蛋白原(Fg),Fibrinogen,3255-7,g/L,血浆(枸橼酸),,,sampled,,,,,,COAG,222
TT,laboratory,凝血酶时间(TT),Thrombin time,3243-3,s,血浆(枸橼酸),,,sampled,,,,,,COAG,222
D-DIMER-FEU,laboratory,"D-二聚体(D-Dimer,FEU)",D-dimer (FEU),48065-7,mg/L{FEU},血浆(枸橼酸),,,sampled,,,,,,,222
U-SG,laboratory,尿比重(SG),Urine specific gravity,5811-5,1,尿液,,PT12H,sampled,true,,,,,URINALYSIS,112|222
U-PH,laboratory,尿酸碱度(pH),Urine pH,5803-2,[pH],尿液,,PT12H,sampled,true,,,,,URINALYSIS,112|222
U-PRO,laboratory,尿蛋白(PRO),"Urine protein, dipstick",20454-5,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,112|222
U-GLU,laboratory,尿葡萄糖(GLU),"Urine glucose, dipstick",25428-4,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,112|222
U-BIL,laboratory,尿胆红素(BIL),"Urine bilirubin, dipstick",5770-3,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,112|222
U-KET,laboratory,尿酮体(KET),"Urine ketones, dipstick",2514-8,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,222
U-BLD,laboratory,尿潜血/红细胞(BLD),"Urine blood, dipstick",5794-3,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,222
U-NIT,laboratory,尿亚硝酸盐(NIT),"Urine nitrite, dipstick",5802-4,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,222
U-URO,laboratory,尿胆原(URO),"Urine urobilinogen, dipstick",20405-7,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,222
U-LEU,laboratory,尿白细胞(LEU),"Urine leukocyte esterase, dipstick",5799-2,,尿液,,PT12H,sampled,true,,,,,URINALYSIS,222
ABO-FORWARD,laboratory,ABO血型正定型,"ABO group, forward typing",883-9,,全血,,,sampled,,,,,,,222
ABO-REVERSE,laboratory,ABO血型反定型,"ABO group, reverse typing",,,血清/血浆,,,sampled,,,,,,,222
RHD,laboratory,RhD血型(RhD抗原),RhD type,10331-7,,全血,,,sampled,,,,,,,222
SARS-COV-2-RNA,laboratory,新型冠状病毒核酸检测(2019-nCoV RNA),SARS-CoV-2 RNA,94500-6,,鼻咽拭子,,P7D,sampled,true,,,,,,222
TB-DNA,laboratory,结核分枝杆菌核酸检测(TB-DNA),Mycobacterium tuberculosis DNA,,,痰,,,sampled,,,,,,,222
HBV-DNA,laboratory,乙型肝炎病毒DNA定量(HBV-DNA),Hepatitis B virus DNA,29615-2,[IU]/mL,血清/血浆,,,sampled,,,,,,,222
HCV-RNA,laboratory,丙型肝炎病毒RNA定量(HCV-RNA),Hepatitis C virus RNA,11011-4,[IU]/mL,血清/血浆,,,sampled,,,,,,,222
CULTURE-BACT,laboratory,一般细菌培养及鉴定,Bacterial culture and identification,,,痰/尿/血等,,P3D,sampled,true,,,,,,222
DX-CHEST-PA-LAT,imaging,胸部正侧位DR,Chest X-ray PA and lateral,36643-5,,胸部,DX,P90D,examined,,,,true,,,112|222
DX-CHEST-PA,imaging,胸部正位DR,Chest X-ray PA,,,胸部,DX,P90D,examined,,,,true,,,112|222
DX-ABDOMEN-ERECT,imaging,腹部立位DR,"Abdomen X-ray, erect",,,腹部,DX,P90D,examined,,,,true,,,112|222
DX-ABDOMEN-SUPINE,imaging,腹部卧位DR,"Abdomen X-ray, supine",,,腹部,DX,P90D,examined,,,,true,,,112|222
DX-CSPINE-AP-LAT,imaging,颈椎正侧位DR,Cervical spine X-ray AP/lateral,,,颈椎,DX,P90D,examined,,,,true,,,112|222
DX-CSPINE-OBL,imaging,颈椎双斜位DR,"Cervical spine X-ray, obliques",,,颈椎,DX,P90D,examined,,,,true,,,112|222
DX-TSPINE-AP-LAT,imaging,胸椎正侧位DR,Thoracic spine X-ray AP/lateral,,,胸椎,DX,P90D,examined,,,,true,,,112|222
DX-LSPINE-AP-LAT,imaging,腰椎正侧位DR,Lumbar spine X-ray AP/lateral,,,腰椎,DX,P90D,examined,,,,true,,,112|222
DX-LSPINE-OBL,imaging,腰椎双斜位DR,"Lumbar spine X-ray, obliques",,,腰椎,DX,P90D,examined,,,,true,,,112|222
DX-SACRUM-COCCYX,imaging,骶尾椎正侧位DR,Sacrum and coccyx X-ray,,,骶尾椎,DX,P90D,examined,,,,true,,,112|222
DX-PELVIS-AP,imaging,骨盆正位DR,Pelvis X-ray AP,,,骨盆,DX,P90D,examined,,,,true,,,112|222
DX-HIP-AP,imaging,髋关节正位DR,Hip X-ray AP,,,髋关节,DX,P90D,examined,,,,true,,,112|222
DX-KNEE-AP-LAT,imaging,膝关节正侧位DR,Knee X-ray AP/lateral,,,膝关节,DX,P90D,examined,,,,true,,,112|222
DX-ANKLE-AP-LAT,imaging,踝关节正侧位DR,Ankle X-ray AP/lateral,,,踝关节,DX,P90D,examined,,,,true,,,112|222
DX-FOOT-AP-OBL,imaging,足正斜位DR,Foot X-ray AP/oblique,,,足,DX,P90D,examined,,,,true,,,112|222
DX-SHOULDER-AP,imaging,肩关节正位DR,Shoulder X-ray AP,,,肩关节,DX,P90D,examined,,,,true,,,112|222
DX-ELBOW-AP-LAT,imaging,肘关节正侧位DR,Elbow X-ray AP/lateral,,,肘关节,DX,P90D,examined,,,,true,,,112|222
DX-WRIST-AP-LAT,imaging,腕关节正侧位DR,Wrist X-ray AP/lateral,,,腕关节,DX,P90D,examined,,,,true,,,112|222
DX-HAND-AP-OBL,imaging,手正斜位DR,Hand X-ray AP/oblique,,,手,DX,P90D,examined,,,,true,,,112|222
DX-TIBIA-FIBULA,imaging,胫腓骨正侧位DR,Tibia/fibula X-ray,,,小腿,DX,P90D,examined,,,,true,,,112|222
DX-FEMUR,imaging,股骨正侧位DR,Femur X-ray,,,大腿,DX,P90D,examined,,,,true,,,112|222
DX-RADIUS-ULNA,imaging,尺桡骨正侧位DR,Radius/ulna X-ray,,,前臂,DX,P90D,examined,,,,true,,,112|222
DX-HUMERUS,imaging,肱骨正侧位DR,Humerus X-ray,,,上臂,DX,P90D,examined,,,,true,,,112|222
DX-SKULL-AP-LAT,imaging,头颅正侧位DR,Skull X-ray AP/lateral,,,头颅,DX,P90D,examined,,,,true,,,112|222
DX-NASAL-LAT,imaging,鼻骨侧位DR,Nasal bones X-ray,,,鼻骨,DX,P90D,examined,,,,true,,,112|222
DX-RIBS,imaging,肋骨DR,Ribs X-ray,,,肋骨,DX,P90D,examined,,,,true,,,112|222
MG-BILATERAL,imaging,乳腺钼靶双侧,"Mammography, bilateral",,,乳腺,MG,P90D,examined,,,,true,,,112|222
CT-HEAD-PLAIN,imaging,头颅CT平扫,CT head without contrast,24725-4,,头颅,CT,P90D,examined,,,,true,,,112|222
CT-SINUS-PLAIN,imaging,鼻窦CT平扫,CT paranasal sinuses without contrast,,,鼻窦,CT,P90D,examined,,,,true,,,112|222
CT-ORBIT-PLAIN,imaging,眼眶CT平扫,CT orbits without contrast,,,眼眶,CT,P90D,examined,,,,true,,,112|222
CT-TEMPORAL-PLAIN,imaging,颞骨CT平扫,CT temporal bones without contrast,,,颞骨,CT,P90D,examined,,,,true,,,112|222
CT-NECK-PLAIN,imaging,颈部CT平扫,CT neck without contrast,,,颈部,CT,P90D,examined,,,,true,,,112|222
CT-CHEST-PLAIN,imaging,胸部CT平扫,CT chest without contrast,24627-2,,胸部,CT,P90D,examined,,,,true,,,112|222
CT-UPPER-ABDOMEN-PLAIN,imaging,上腹部CT平扫,CT upper abdomen without contrast,,,上腹部,CT,P90D,examined,,,,true,,,112|222
CT-LOWER-ABDOMEN-PLAIN,imaging,下腹部CT平扫,CT lower abdomen without contrast,,,下腹部,CT,P90D,examined,,,,true,,,112|222
CT-PELVIS-PLAIN,imaging,盆腔CT平扫,CT pelvis without contrast,,,盆腔,CT,P90D,examined,,,,true,,,112|222
CT-URINARY-PLAIN,imaging,泌尿系CT平扫,CT urinary tract without contrast,,,泌尿系,CT,P90D,examined,,,,true,,,112|222
CT-CSPINE-PLAIN,imaging,颈椎CT平扫,CT cervical spine without contrast,,,颈椎,CT,P90D,examined,,,,true,,,112|222
CT-TSPINE-PLAIN,imaging,胸椎CT平扫,CT thoracic spine without contrast,,,胸椎,CT,P90D,examined,,,,true,,,112|222
CT-LSPINE-PLAIN,imaging,腰椎CT平扫,CT lumbar spine without contrast,,,腰椎,CT,P90D,examined,,,,true,,,112|222
CT-BONY-PELVIS-PLAIN,imaging,骨盆CT平扫,CT bony pelvis without contrast,,,骨盆,CT,P90D,examined,,,,true,,,112|222
CT-KNEE-PLAIN,imaging,膝关节CT平扫,CT knee without contrast,,,膝关节,CT,P90D,examined,,,,true,,,112|222
CT-SHOULDER-PLAIN,imaging,肩关节CT平扫,CT shoulder without contrast,,,肩关节,CT,P90D,examined,,,,true,,,112|222
CT-CHEST-CONTRAST,imaging,胸部CT增强,CT chest with contrast,,,胸部,CT,P90D,examined,,,,true,,,112|222
CT-UPPER-ABDOMEN-CONTRAST,imaging,上腹部CT增强,CT upper abdomen with contrast,,,上腹部,CT,P90D,examined,,,,true,,,112|222
CT-PELVIS-CONTRAST,imaging,盆腔CT增强,CT pelvis with contrast,,,盆腔,CT,P90D,examined,,,,true,,,112|222
CTA-HEAD-NECK,imaging,头颈部CTA,CT angiography head and neck,,,头颈血管,CT,P90D,examined,,,,true,,,112|222
CTA-CORONARY,imaging,冠状动脉CTA,CT coronary angiography,,,冠状动脉,CT,P90D,examined,,,,true,,,112|222
MR-HEAD-PLAIN,imaging,头颅MRI平扫,MRI brain without contrast,24590-2,,头颅,MR,P90D,examined,,,,true,,,112|222
MR-CSPINE-PLAIN,imaging,颈椎MRI平扫,MRI cervical spine without contrast,,,颈椎,MR,P90D,examined,,,,true,,,112|222
MR-TSPINE-PLAIN,imaging,胸椎MRI平扫,MRI thoracic spine without contrast,,,胸椎,MR,P90D,examined,,,,true,,,112|222
MR-LSPINE-PLAIN,imaging,腰椎MRI平扫,MRI lumbar spine without contrast,,,腰椎,MR,P90D,examined,,,,true,,,112|222
MR-SACROILIAC-PLAIN,imaging,骶髂关节MRI平扫,MRI sacroiliac joints without contrast,,,骶髂关节,MR,P90D,examined,,,,true,,,112|222
MR-KNEE-PLAIN,imaging,膝关节MRI平扫,MRI knee without contrast,,,膝关节,MR,P90D,examined,,,,true,,,112|222
MR-HIP-PLAIN,imaging,髋关节MRI平扫,MRI hip without contrast,,,髋关节,MR,P90D,examined,,,,true,,,112|222
MR-SHOULDER-PLAIN,imaging,肩关节MRI平扫,MRI shoulder without contrast,,,肩关节,MR,P90D,examined,,,,true,,,112|222
MR-ANKLE-PLAIN,imaging,踝关节MRI平扫,MRI ankle without contrast,,,踝关节,MR,P90D,examined,,,,true,,,112|222
MR-UPPER-ABDOMEN-PLAIN,imaging,上腹部MRI平扫,MRI upper abdomen without contrast,,,上腹部,MR,P90D,examined,,,,true,,,112|222
MR-PELVIS-PLAIN,imaging,盆腔MRI平扫,MRI pelvis without contrast,,,盆腔,MR,P90D,examined,,,,true,,,112|222
MRA-HEAD,imaging,头颅MRA,MR angiography head,,,头颅血管,MR,P90D,examined,,,,true,,,112|222
MR-HEAD-CONTRAST,imaging,头颅MRI增强,MRI brain with contrast,,,头颅,MR,P90D,examined,,,,true,,,112|222
MR-UPPER-ABDOMEN-CONTRAST,imaging,上腹部MRI增强,MRI upper abdomen with contrast,,,上腹部,MR,P90D,examined,,,,true,,,112|222
MRCP,imaging,磁共振胰胆管成像(MRCP),MR cholangiopancreatography,,,胰胆管,MR,P90D,examined,,,,true,,,112|222
US-ABDOMEN,imaging,腹部超声(肝胆胰脾),Ultrasound abdomen,24558-9,,腹部,US,P90D,examined,,,,true,,,222
US-URINARY,imaging,泌尿系超声(双肾输尿管膀胱),Ultrasound urinary tract,,,泌尿系,US,P90D,examined,,,,true,,,222
US-THYROID,imaging,甲状腺超声,Ultrasound thyroid,,,甲状腺,US,P90D,examined,,,,true,,,222
US-BREAST,imaging,乳腺超声,Ultrasound breast,,,乳腺,US,P90D,examined,,,,true,,,222
US-GYNAE-ABDOMINAL,imaging,妇科超声(经腹),"Ultrasound pelvis, gynaecological, transabdominal",,,子宫附件,US,P90D,examined,,,,true,,,222
US-PROSTATE,imaging,前列腺超声,Ultrasound prostate,,,前列腺,US,P90D,examined,,,,true,,,222
US-HEART,imaging,心脏彩超,"Echocardiography, transthoracic",,,心脏,US,P90D,examined,,,,true,,,222
US-CAROTID,imaging,颈部血管彩超,Carotid duplex ultrasound,,,颈动脉,US,P90D,examined,,,,true,,,222
US-LOWER-LIMB-VESSELS,imaging,下肢动静脉彩超,Lower-limb arterial and venous duplex,,,下肢血管,US,P90D,examined,,,,true,,,222
US-LYMPH-NODES,imaging,浅表淋巴结超声,Ultrasound superficial lymph nodes,,,淋巴结,US,P90D,examined,,,,true,,,222
PET-CT-WHOLE-BODY,imaging,PET/CT全身显像,PET/CT whole body,,,全身,PT,P90D,examined,,,,true,,,112|222
SPECT-CT,imaging,SPECT/CT显像,SPECT/CT,,,按部位,NM,P90D,examined,,,,true,,,112|222
NM-BONE-WHOLE-BODY,imaging,全身骨显像,Whole-body bone scintigraphy,,,骨骼,NM,P90D,examined,,,,true,,,112|222
DXA-BONE-DENSITY,imaging,骨密度测定(DXA),Bone mineral density (DXA),,,腰椎/髋部,BMD,P90D,examined,,,,true,,,222
NM-THYROID-UPTAKE,imaging,甲状腺功能测定(核医学),Thyroid uptake study,,,甲状腺,NM,P90D,examined,,,,true,,,112|222
ECG-12-LEAD,ecg,常规十二导联心电图,Resting 12-lead ECG,11524-6,,心脏,ECG,,examined,,,,,,,222
ECG-HOLTER-24H,ecg,24小时动态心电图(Holter),24-hour ambulatory ECG,,,心脏,ECG,,examined,,,,,,,222
ECG-STRESS,ecg,运动平板心电图,Exercise stress ECG,,,心脏,ECG,,examined,,,,,,,222
ABPM-24H,ecg,24小时动态血压监测,24-hour ambulatory blood pressure,,,血压,OT,,examined,,,,,,,222
PATH-SURGICAL,pathology,手术标本组织病理诊断,Surgical pathology report,11526-1,,组织,SM,,reported,,,,,,,222
PATH-BIOPSY,pathology,活检组织病理,Biopsy histopathology,,,组织,SM,,reported,,,,,,,222
PATH-TCT,pathology,宫颈液基细胞学(TCT),Cervical liquid-based cytology,,,宫颈细胞,SM,,reported,,,,,,,222
PATH-HPV,pathology,人乳头瘤病毒分型(HPV),HPV genotyping,,,宫颈细胞,,,reported,,,,,STD,,222
PATH-IHC,pathology,免疫组化,Immunohistochemistry,,,组织,SM,,reported,,,,,,,222
CBC,laboratory,血常规,Complete blood count,58410-2,,全血,,PT6H,sampled,true,,,,,,222
URINALYSIS,laboratory,尿常规,"Urinalysis, dipstick",24357-6,,尿液,,PT12H,sampled,true,,,,,,222
COAG,laboratory,凝血功能,Coagulation panel,,,血浆(枸橼酸),,,sampled,,,,,,,222
`;
