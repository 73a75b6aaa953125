/** One operation of a client on its job: from the message to the interface and back. */
import { EcpError } from '../../base/errors.ts';
import { chain, map, type MaybePromise } from '../../base/maybe-promise.ts';
import { textsOfSubscripts } from '../../globals/subscript-text.ts';
import type { Database, ReadSubscript } from '../../instance/database.ts';
import { textOf, utf8 } from '../../base/bytes.ts';
import { bytesOf, type Kind, type Operation, referenceOf, type Result } from './messages.ts';
import { type CheckPoint, entriesPage, globalsPage, keysPage } from './pages.ts';

/** Operations that change data: an error after they were begun leaves open whether it happened. */
export const CHANGES: ReadonlySet<Kind> = new Set(['set', 'kill', 'zkill', 'merge', 'increment']);

/** Operations that may take many steps. */
export const SCANS: ReadonlySet<Kind> = new Set(['keys', 'entries', 'globals', 'merge']);

export interface OperationContext {
  readonly database: Database;
  /** Another job of the same connection. EcpError where there is none. */
  readonly otherJob: (id: number) => Database;
  readonly check: CheckPoint;
}

/** A new one each time: the session puts the id into it. */
const done = (): Result => ({});

function ofSubscript(subscript: ReadSubscript | undefined): Result {
  const [text] = subscript === undefined ? [] : textsOfSubscripts([subscript]);
  return text === undefined ? {} : { subscript: text };
}

function ofValue(value: Uint8Array | undefined): Result {
  return value === undefined ? {} : { value };
}

function ofPath(path: readonly ReadSubscript[] | undefined): Result {
  return path === undefined ? {} : { path: { subscripts: textsOfSubscripts(path) } };
}

/** Throws, or rejects, with what the interface says. */
export function perform(operation: Operation, context: OperationContext): MaybePromise<Result> {
  const { database, check } = context;
  switch (operation.kind) {
    case 'get': {
      const { global, subscripts } = referenceOf(operation.get);
      return map(database.global(global).getBytes(subscripts), ofValue);
    }
    case 'data': {
      const { global, subscripts } = referenceOf(operation.data);
      return map(database.global(global).data(subscripts), (data) => ({ data }));
    }
    case 'order': {
      const { global, subscripts } = referenceOf(operation.order);
      return map(database.global(global).order(subscripts), ofSubscript);
    }
    case 'previous': {
      const { global, subscripts } = referenceOf(operation.previous);
      return map(database.global(global).previous(subscripts), ofSubscript);
    }
    case 'query': {
      const { global, subscripts } = referenceOf(operation.query.node);
      const options = { reverse: operation.query.reverse ?? false };
      return map(database.global(global).query(subscripts, options), ofPath);
    }
    case 'keys':
      return keysPage(database, operation.keys, check);
    case 'entries':
      return entriesPage(database, operation.entries, check);
    case 'globals':
      return globalsPage(database, operation.globals, check);
    case 'sequence': {
      const { global, subscripts } = referenceOf(operation.sequence);
      return map(database.global(global).sequence(subscripts), (number) => ({
        value: utf8(String(number)),
      }));
    }
    case 'sync':
      return map(database.sync(), done);
    case 'flush':
      return map(database.flush(), done);
    case 'tlevel':
      return map(database.tlevel(), (level) => ({ level }));
    case 'disconnect':
      return map(database.disconnect(operation.disconnect.dataServer ?? ''), done);
    default:
      return change(operation, context);
  }
}

function change(operation: Operation, context: OperationContext): MaybePromise<Result> {
  const { database } = context;
  switch (operation.kind) {
    case 'set': {
      const { global, subscripts } = referenceOf(operation.set.node);
      return map(database.global(global).set(subscripts, bytesOf(operation.set.value)), done);
    }
    case 'kill': {
      const { global, subscripts } = referenceOf(operation.kill);
      return map(database.global(global).kill(subscripts), done);
    }
    case 'zkill': {
      const { global, subscripts } = referenceOf(operation.zkill);
      return map(database.global(global).zkill(subscripts), done);
    }
    case 'increment': {
      const { global, subscripts } = referenceOf(operation.increment.node);
      const by = bytesOf(operation.increment.by);
      return map(database.global(global).increment(subscripts, textOf(by)), (text) => ({
        value: utf8(text),
      }));
    }
    case 'merge': {
      const { from, fromJob } = operation.merge;
      const source = referenceOf(from);
      const target = referenceOf(operation.merge.to);
      const other = fromJob ? context.otherJob(fromJob) : database;
      return chain(
        database
          .global(target.global)
          .merge(target.subscripts, other.global(source.global), source.subscripts),
        done,
      );
    }
    default:
      throw new EcpError('SYNTAX', 'an operation of a kind that this server does not know');
  }
}
