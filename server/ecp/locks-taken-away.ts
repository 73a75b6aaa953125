/** What a job is told whose locks an administrator has taken away. */
import { EcpError } from '../base/errors.ts';

export function locksTakenAway(): EcpError {
  const problem = 'an administrator has taken the locks of this job away';
  return new EcpError('NETWORK', problem, { retry: 'same', locksLost: true });
}
