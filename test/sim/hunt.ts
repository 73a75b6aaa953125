/**
 * Plants each bug of planted-bugs/ and looks for the first seed that shows it: which, and the checker that sees it.
 *
 *   node test/sim/hunt.ts            all of them
 *   node test/sim/hunt.ts rollback   those with "rollback" in their names
 *
 * Ends with `N passed, N failed`: caught within 200 seeds, or not.
 */
import * as plantedBugs from './planted-bugs/index.ts';
import { hunt } from './planted-bugs/planted-bug.ts';

const [wanted = ''] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const bug of Object.values(plantedBugs)) {
  if (!bug.name.includes(wanted)) continue;
  const caught = await hunt({ ...bug, plant: (cluster) => bug.plant(cluster), seed: 1 });
  const where = caught === undefined ? 'NOT CAUGHT' : `seed ${caught.seed}, ${caught.checker}`;
  console.log(`${bug.name.padEnd(36)} ${where}`);
  if (caught === undefined) failed++;
  else passed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
