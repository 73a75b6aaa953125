/** Lists the npm scripts with a line each. */
import { SCRIPT_DESCRIPTIONS } from './script-descriptions.ts';

const width = Math.max(...Object.keys(SCRIPT_DESCRIPTIONS).map((name) => name.length));
for (const [name, description] of Object.entries(SCRIPT_DESCRIPTIONS)) {
  console.log(`npm run ${name.padEnd(width)}  ${description}`);
}
