import type { Parameter } from './operation-input.ts';

/** An operation of this server: what its doors take, what its OperationDefinition says. */
export interface Operation {
  /** Logical id of its OperationDefinition. */
  readonly id: string;
  /** `$code`. */
  readonly code: string;
  readonly title: string;
  readonly description: string;
  /** Resource types; `Resource` for all, none for an operation on the whole server. */
  readonly resource: readonly string[];
  readonly onSystem?: boolean;
  readonly onType: boolean;
  readonly onInstance: boolean;
  /** Whether something is kept of it. */
  readonly affectsState?: boolean;
  /** The doors (operationIds) it is offered by. */
  readonly doors: readonly string[];
  /** What it follows, where that is published. */
  readonly base?: string;
  readonly parameters: readonly (Parameter & { readonly min?: number })[];
  readonly answers: readonly Answer[];
}

/** What an operation answers with: the resource `return`, or parameters of a name. */
export interface Answer {
  readonly name: string;
  /** None where the parameter has parts. */
  readonly type?: string;
  readonly min?: number;
  readonly max?: string;
  readonly documentation: string;
  readonly part?: readonly Answer[];
}

/** Where HL7 publishes the definitions of R4's operations. */
export const HL7 = 'http://hl7.org/fhir/OperationDefinition/';
