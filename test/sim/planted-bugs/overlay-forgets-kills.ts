import { Overlay } from '../../../server/ecp/app-server/overlay.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A pending KILL does not hide what is cached. */
export const overlayForgetsKills: PlantedBug = {
  name: 'overlay forgets kills',
  breaks: 'read your writes: a change is seen on its app server from the call on',
  caughtBy: ['read-your-writes'],
  seed: 4,
  plant: () => replaceMethod(Overlay.prototype, 'kill', () => undefined),
};
