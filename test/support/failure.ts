/** What an operation fails with. */
import { EcpError } from '../../server/base/errors.ts';

/** The error, whether it is thrown or rejected. */
export async function failure(operation: () => unknown): Promise<EcpError> {
  try {
    await operation();
  } catch (error) {
    if (error instanceof EcpError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
