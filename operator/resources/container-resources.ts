/** What the instance's container asks for: the spec's figures, and by the sizing rule of §4.3.3 where it has none. */
import { bytesOf } from '../../server/instance/configuration.ts';

type Quantities = Readonly<Record<string, string | number>>;

export interface ContainerResources {
  readonly requests?: Quantities | undefined;
  readonly limits?: Quantities | undefined;
}

const MIB = 1024 * 1024;
const CPU_REQUEST = '100m';
/** Room for what the rule does not count: long values, bursts of requests, the collector's slack. */
const LIMIT_FACTOR = 2;

/**
 * The requested memory is the rule's, the limit twice the request; figures of the spec take their place,
 * each by itself. A request in a notation that is not whole bytes (1.5Gi) gets no limit of ours.
 */
export function containerResources(
  given: ContainerResources | undefined,
  memoryBytes: number,
): Required<ContainerResources> {
  const requests = { cpu: CPU_REQUEST, memory: mebibytes(memoryBytes), ...given?.requests };
  const limitGiven = given?.limits?.['memory'];
  const limitBytes = limitGiven === undefined ? undefined : bytesOf(limitGiven);
  if (given?.requests?.['memory'] === undefined && (limitBytes ?? Infinity) < memoryBytes) {
    // A limit below the rule's figure would make the request invalid.
    requests.memory = String(limitGiven);
  }
  const requested = bytesOf(requests.memory);
  const limit = requested === undefined ? {} : { memory: mebibytes(requested * LIMIT_FACTOR) };
  return { requests, limits: { ...limit, ...given?.limits } };
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / MIB)}Mi`;
