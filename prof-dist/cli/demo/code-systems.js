/** What the hospitals of the demo region name things by. OIDs under 2.16.156.10011 are those of the Chinese health documents (WS 363/364). */
export const SYSTEMS = {
    /** 居民身份证号 */
    idCard: 'urn:oid:2.16.156.10011.1.3',
    /** 统一社会信用代码 of an institution */
    organization: 'urn:oid:2.16.156.10011.1.5',
    /** 检查报告编号 */
    examinationReport: 'urn:oid:2.16.156.10011.1.32',
    /** 检验报告编号 */
    laboratoryReport: 'urn:oid:2.16.156.10011.1.33',
    /** 电子申请单编号 */
    order: 'urn:oid:2.16.156.10011.1.24',
    /** 标本编号 */
    specimen: 'urn:oid:2.16.156.10011.1.14',
    dicomUid: 'urn:dicom:uid',
    loinc: 'http://loinc.org',
    ucum: 'http://unitsofmeasure.org',
    item: 'https://tongjian.example/fhir/CodeSystem/item',
    section: 'http://terminology.hl7.org/CodeSystem/v2-0074',
    observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
    interpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
    identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
    endpointConnection: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
    modality: 'http://dicom.nema.org/resources/ontology/DCM',
    chongqingIdentifierType: 'http://fhir.cq.hc/CodeSystem/identifierType-code-system',
    chongqingHospitalLevel: 'http://fhir.cq.hc/CodeSystem/cn-hospitalleve-code-system',
    chongqingDivision: 'http://fhir.cq.hc/CodeSystem/cq-administrativedivision-code-system',
};
