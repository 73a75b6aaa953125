import { MemoryJournalDisk } from '../../../server/storage/testing/memory-disk.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A disk that confirms a sync at once and does it never: nothing above it can be durable. */
export const lyingDisk: PlantedBug = {
  name: 'lying disk',
  breaks: 'a sync that is confirmed survives a crash of the machine',
  caughtBy: ['durability'],
  seed: 1,
  plant: () => replaceMethod(MemoryJournalDisk.prototype, 'sync', (done) => done(undefined)),
};
