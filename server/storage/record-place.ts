/** Where a record lies in the journal: the position of its batch, and its offset in that. No record lies in batch 0. */
export interface RecordPlace {
  readonly batch: number;
  readonly offset: number;
}

export const NO_PLACE: RecordPlace = { batch: 0, offset: 0 };

export function isNowhere(place: RecordPlace): boolean {
  return place.batch === 0;
}
