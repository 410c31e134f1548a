/** A report, or a part of it; with the versions before and after a change where it was changed. */
export interface ReportPart {
  /** `Observation/…`, without version. */
  readonly reference: string;
  readonly change:
    | {
        readonly version: number;
        /** As it was published; `null`: this version is the deletion. */
        readonly text: string | null;
        /** The version before, 0 where there is none. */
        readonly former: number;
        readonly formerText: string | null;
      }
    | undefined;
}
