/** Actions of one repository and reference that tables tell, and logs do not. */
export interface ReferenceCount {
  repository: string;
  /** Empty where repositories are counted as wholes. */
  reference: string;
  /** Place in ACTION_NAMES: a check, a pull by tag or one by digest. */
  action: (typeof SUMMARY_ACTIONS)[number];
  count: number;
}

/** Those that a summary counts, by place in ACTION_NAMES. */
export const SUMMARY_ACTIONS = [1, 2, 3] as const;

export interface ReferenceCounts {
  counts: ReferenceCount[];
  /** Pulls of images in the span that no source tells by tag and digest, or not by reference where that is wanted. */
  left: number;
}
