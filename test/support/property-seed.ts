/**
 * Property tests draw new inputs at each run here, and the same ones in CI: a change must not fail for what an unlucky
 * draw finds in another place. ECP_PROPERTY_SEED takes a seed that a failure printed. Other tests that draw ask fast-check
 * for it: `propertySeed`.
 */
import fc from 'fast-check';

const CI_SEED = 1;
const asked = process.env['ECP_PROPERTY_SEED'];
const drawn = process.env['CI'] === 'true' ? CI_SEED : Math.floor(Math.random() * 2 ** 31);
fc.configureGlobal({ seed: asked === undefined ? drawn : Number(asked) });

/** The seed of this run, an unsigned integer. */
export const propertySeed = (): number => (fc.readConfigureGlobal().seed ?? CI_SEED) >>> 0;
