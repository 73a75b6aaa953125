/**
 * Property tests draw new inputs at each run here, and the same ones in CI: a change must not fail for what an unlucky
 * draw finds in another place. ECP_PROPERTY_SEED takes a seed that a failure printed.
 */
import fc from 'fast-check';

const CI_SEED = 1;
const asked = process.env['ECP_PROPERTY_SEED'];
const seed =
  asked === undefined ? (process.env['CI'] === 'true' ? CI_SEED : undefined) : Number(asked);
if (seed !== undefined) fc.configureGlobal({ seed });
