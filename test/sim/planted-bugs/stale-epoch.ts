import { Overlay } from '../../../server/ecp/app-server/overlay.ts';
import { RequestWindow } from '../../../server/ecp/app-server/request-window.ts';
import { type PlantedBug, replaceMethod, together } from './planted-bug.ts';

/** Changes of a session that was given up are sent in the next one. */
export const staleEpoch: PlantedBug = {
  name: 'stale epoch',
  breaks: 'R5, architecture §5: nothing of a session that was given up enters the next one',
  caughtBy: ['A.1.1 in-order updates', 'A.1.2 locks', 'A.1.5 commit', 'durability'],
  seed: 4,
  plant() {
    // Called on the window that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { takeAll } = RequestWindow.prototype;
    return together(
      replaceMethod(RequestWindow.prototype, 'takeAll', function (this: RequestWindow) {
        const { sent, waiting } = takeAll.call(this);
        const again = sent.filter(({ isChange, ended }) => isChange && !ended);
        for (const pending of again) {
          pending.answered = false;
          this.push(pending, 0);
        }
        return { sent: sent.filter((pending) => !again.includes(pending)), waiting };
      }),
      replaceMethod(Overlay.prototype, 'clear', () => undefined),
    );
  },
};
