/** What can be done with resources of every type that may be sent here. */
export const TYPE_INTERACTIONS = [
    { code: 'read', doors: ['readResource'] },
    { code: 'vread', doors: ['readVersion'] },
    { code: 'update', doors: ['updateResource', 'updateByCriteria'] },
    { code: 'patch', doors: ['patchResource', 'patchByCriteria'] },
    { code: 'delete', doors: ['deleteResource', 'deleteByCriteria'] },
    { code: 'history-instance', doors: ['showHistory'] },
    { code: 'history-type', doors: ['showTypeHistory'] },
    { code: 'create', doors: ['createResource'] },
    { code: 'search-type', doors: ['searchResources', 'searchResourcesByPost'] },
];
/** What can be done with the server as a whole. */
export const SYSTEM_INTERACTIONS = [
    { code: 'transaction', doors: ['processBundle'] },
    { code: 'batch', doors: ['processBundle'] },
    { code: 'search-system', doors: ['searchTypes', 'searchTypesByPost'] },
    { code: 'history-system', doors: ['showSystemHistory'] },
];
/** AuditEvents are made by the server, and read by auditors (IHE ITI-81). */
export const AUDIT_INTERACTIONS = [
    { code: 'read', doors: ['readAuditEvent'] },
    { code: 'search-type', doors: ['searchAuditEvents', 'searchAuditEventsByPost'] },
];
/** What AuditEvents are found by; `auditevent` search is a table of its own, as the log is. */
export const AUDIT_PARAMETERS = [
    { name: '_id', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-id' },
    { name: '_lastUpdated', type: 'date', definition: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated' },
    { name: 'date', type: 'date', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-date' },
    { name: 'patient', type: 'reference', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-patient' },
    { name: 'patient.identifier', type: 'token' },
    { name: 'agent.identifier', type: 'token' },
    { name: 'entity', type: 'reference', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-entity' },
    { name: 'entity.identifier', type: 'token' },
    { name: 'entity-type', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-entity-type' },
    { name: 'entity-role', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-entity-role' },
    { name: 'source.identifier', type: 'token' },
    { name: 'address', type: 'string', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-address' },
    { name: 'action', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-action' },
    { name: 'outcome', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-outcome' },
    { name: 'type', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-type' },
    { name: 'subtype', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/AuditEvent-subtype' },
];
