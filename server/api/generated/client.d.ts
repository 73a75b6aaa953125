import * as $protobuf from "protobufjs/minimal.js";

/** Namespace ecp. */
export namespace ecp {

    /** Namespace client. */
    namespace client {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a ClientMessage.
             * @deprecated Use ecp.client.v1.ClientMessage.$Properties instead.
             */
            interface IClientMessage extends ecp.client.v1.ClientMessage.$Properties {
            }

            /** Represents a ClientMessage. */
            class ClientMessage {

                /**
                 * Constructs a new ClientMessage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.ClientMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClientMessage operations. */
                operations: ecp.client.v1.Operation.$Properties[];

                /**
                 * Encodes the specified ClientMessage message. Does not implicitly {@link ecp.client.v1.ClientMessage.verify|verify} messages.
                 * @param message ClientMessage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.ClientMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClientMessage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.ClientMessage & ecp.client.v1.ClientMessage.$Shape} ClientMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.ClientMessage & ecp.client.v1.ClientMessage.$Shape;
            }

            namespace ClientMessage {

                /** Properties of a ClientMessage. */
                interface $Properties {

                    /** ClientMessage operations */
                    operations?: (ecp.client.v1.Operation.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClientMessage. */
                type $Shape = {
                  operations?: ecp.client.v1.Operation.$Shape[]|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ServerMessage.
             * @deprecated Use ecp.client.v1.ServerMessage.$Properties instead.
             */
            interface IServerMessage extends ecp.client.v1.ServerMessage.$Properties {
            }

            /** Represents a ServerMessage. */
            class ServerMessage {

                /**
                 * Constructs a new ServerMessage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.ServerMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServerMessage replies. */
                replies: ecp.client.v1.Reply.$Properties[];

                /** ServerMessage events. */
                events: ecp.client.v1.Event.$Properties[];

                /**
                 * Encodes the specified ServerMessage message. Does not implicitly {@link ecp.client.v1.ServerMessage.verify|verify} messages.
                 * @param message ServerMessage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.ServerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerMessage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.ServerMessage & ecp.client.v1.ServerMessage.$Shape} ServerMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.ServerMessage & ecp.client.v1.ServerMessage.$Shape;
            }

            namespace ServerMessage {

                /** Properties of a ServerMessage. */
                interface $Properties {

                    /** ServerMessage replies */
                    replies?: (ecp.client.v1.Reply.$Properties[]|null);

                    /** ServerMessage events */
                    events?: (ecp.client.v1.Event.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ServerMessage. */
                type $Shape = {
                  replies?: ecp.client.v1.Reply.$Shape[]|null;
                  events?: ecp.client.v1.Event.$Shape[]|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a Reference.
             * @deprecated Use ecp.client.v1.Reference.$Properties instead.
             */
            interface IReference extends ecp.client.v1.Reference.$Properties {
            }

            /** Represents a Reference. */
            class Reference {

                /**
                 * Constructs a new Reference.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Reference.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reference global. */
                global: string;

                /** Reference subscripts. */
                subscripts: Uint8Array[];

                /**
                 * Encodes the specified Reference message. Does not implicitly {@link ecp.client.v1.Reference.verify|verify} messages.
                 * @param message Reference message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Reference.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reference message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Reference & ecp.client.v1.Reference.$Shape} Reference
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Reference & ecp.client.v1.Reference.$Shape;
            }

            namespace Reference {

                /** Properties of a Reference. */
                interface $Properties {

                    /** Reference global */
                    global?: (string|null);

                    /** Reference subscripts */
                    subscripts?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reference. */
                type $Shape = ecp.client.v1.Reference.$Properties;
            }

            /**
             * Properties of an Operation.
             * @deprecated Use ecp.client.v1.Operation.$Properties instead.
             */
            interface IOperation extends ecp.client.v1.Operation.$Properties {
            }

            /** Represents an Operation. */
            class Operation {

                /**
                 * Constructs a new Operation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Operation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Operation id. */
                id: number;

                /** Operation job. */
                job: number;

                /** Operation openJob. */
                openJob?: (ecp.client.v1.OpenJob.$Properties|null);

                /** Operation closeJob. */
                closeJob?: (ecp.client.v1.CloseJob.$Properties|null);

                /** Operation cancel. */
                cancel?: (ecp.client.v1.Cancel.$Properties|null);

                /** Operation get. */
                get?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation data. */
                data?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation order. */
                order?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation previous. */
                previous?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation query. */
                query?: (ecp.client.v1.Query.$Properties|null);

                /** Operation keys. */
                keys?: (ecp.client.v1.Scan.$Properties|null);

                /** Operation entries. */
                entries?: (ecp.client.v1.Scan.$Properties|null);

                /** Operation globals. */
                globals?: (ecp.client.v1.Globals.$Properties|null);

                /** Operation set. */
                set?: (ecp.client.v1.Set.$Properties|null);

                /** Operation kill. */
                kill?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation zkill. */
                zkill?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation merge. */
                merge?: (ecp.client.v1.Merge.$Properties|null);

                /** Operation increment. */
                increment?: (ecp.client.v1.Increment.$Properties|null);

                /** Operation sequence. */
                sequence?: (ecp.client.v1.Reference.$Properties|null);

                /** Operation sync. */
                sync?: (ecp.client.v1.Sync.$Properties|null);

                /** Operation flush. */
                flush?: (ecp.client.v1.Flush.$Properties|null);

                /** Operation disconnect. */
                disconnect?: (ecp.client.v1.Disconnect.$Properties|null);

                /** Operation tstart. */
                tstart?: (ecp.client.v1.TStart.$Properties|null);

                /** Operation tcommit. */
                tcommit?: (ecp.client.v1.TCommit.$Properties|null);

                /** Operation trollback. */
                trollback?: (ecp.client.v1.TRollback.$Properties|null);

                /** Operation tlevel. */
                tlevel?: (ecp.client.v1.TLevel.$Properties|null);

                /** Operation lock. */
                lock?: (ecp.client.v1.Lock.$Properties|null);

                /** Operation unlock. */
                unlock?: (ecp.client.v1.Unlock.$Properties|null);

                /** Operation unlockAll. */
                unlockAll?: (ecp.client.v1.UnlockAll.$Properties|null);

                /** Operation lockLossesSeen. */
                lockLossesSeen: number;

                /** Operation kind. */
                kind?: ("openJob"|"closeJob"|"cancel"|"get"|"data"|"order"|"previous"|"query"|"keys"|"entries"|"globals"|"set"|"kill"|"zkill"|"merge"|"increment"|"sequence"|"sync"|"flush"|"disconnect"|"tstart"|"tcommit"|"trollback"|"tlevel"|"lock"|"unlock"|"unlockAll");

                /**
                 * Encodes the specified Operation message. Does not implicitly {@link ecp.client.v1.Operation.verify|verify} messages.
                 * @param message Operation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Operation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Operation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Operation & ecp.client.v1.Operation.$Shape} Operation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Operation & ecp.client.v1.Operation.$Shape;
            }

            namespace Operation {

                /** Properties of an Operation. */
                interface $Properties {

                    /** Operation id */
                    id?: (number|null);

                    /** Operation job */
                    job?: (number|null);

                    /** Operation openJob */
                    openJob?: (ecp.client.v1.OpenJob.$Properties|null);

                    /** Operation closeJob */
                    closeJob?: (ecp.client.v1.CloseJob.$Properties|null);

                    /** Operation cancel */
                    cancel?: (ecp.client.v1.Cancel.$Properties|null);

                    /** Operation get */
                    get?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation data */
                    data?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation order */
                    order?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation previous */
                    previous?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation query */
                    query?: (ecp.client.v1.Query.$Properties|null);

                    /** Operation keys */
                    keys?: (ecp.client.v1.Scan.$Properties|null);

                    /** Operation entries */
                    entries?: (ecp.client.v1.Scan.$Properties|null);

                    /** Operation globals */
                    globals?: (ecp.client.v1.Globals.$Properties|null);

                    /** Operation set */
                    set?: (ecp.client.v1.Set.$Properties|null);

                    /** Operation kill */
                    kill?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation zkill */
                    zkill?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation merge */
                    merge?: (ecp.client.v1.Merge.$Properties|null);

                    /** Operation increment */
                    increment?: (ecp.client.v1.Increment.$Properties|null);

                    /** Operation sequence */
                    sequence?: (ecp.client.v1.Reference.$Properties|null);

                    /** Operation sync */
                    sync?: (ecp.client.v1.Sync.$Properties|null);

                    /** Operation flush */
                    flush?: (ecp.client.v1.Flush.$Properties|null);

                    /** Operation disconnect */
                    disconnect?: (ecp.client.v1.Disconnect.$Properties|null);

                    /** Operation tstart */
                    tstart?: (ecp.client.v1.TStart.$Properties|null);

                    /** Operation tcommit */
                    tcommit?: (ecp.client.v1.TCommit.$Properties|null);

                    /** Operation trollback */
                    trollback?: (ecp.client.v1.TRollback.$Properties|null);

                    /** Operation tlevel */
                    tlevel?: (ecp.client.v1.TLevel.$Properties|null);

                    /** Operation lock */
                    lock?: (ecp.client.v1.Lock.$Properties|null);

                    /** Operation unlock */
                    unlock?: (ecp.client.v1.Unlock.$Properties|null);

                    /** Operation unlockAll */
                    unlockAll?: (ecp.client.v1.UnlockAll.$Properties|null);

                    /** Operation lockLossesSeen */
                    lockLossesSeen?: (number|null);

                    /** Operation kind */
                    kind?: ("openJob"|"closeJob"|"cancel"|"get"|"data"|"order"|"previous"|"query"|"keys"|"entries"|"globals"|"set"|"kill"|"zkill"|"merge"|"increment"|"sequence"|"sync"|"flush"|"disconnect"|"tstart"|"tcommit"|"trollback"|"tlevel"|"lock"|"unlock"|"unlockAll");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Operation. */
                type $Shape = {
                  id?: number|null;
                  job?: number|null;
                  openJob?: ecp.client.v1.OpenJob.$Shape|null;
                  closeJob?: ecp.client.v1.CloseJob.$Shape|null;
                  cancel?: ecp.client.v1.Cancel.$Shape|null;
                  get?: ecp.client.v1.Reference.$Shape|null;
                  data?: ecp.client.v1.Reference.$Shape|null;
                  order?: ecp.client.v1.Reference.$Shape|null;
                  previous?: ecp.client.v1.Reference.$Shape|null;
                  query?: ecp.client.v1.Query.$Shape|null;
                  keys?: ecp.client.v1.Scan.$Shape|null;
                  entries?: ecp.client.v1.Scan.$Shape|null;
                  globals?: ecp.client.v1.Globals.$Shape|null;
                  set?: ecp.client.v1.Set.$Shape|null;
                  kill?: ecp.client.v1.Reference.$Shape|null;
                  zkill?: ecp.client.v1.Reference.$Shape|null;
                  merge?: ecp.client.v1.Merge.$Shape|null;
                  increment?: ecp.client.v1.Increment.$Shape|null;
                  sequence?: ecp.client.v1.Reference.$Shape|null;
                  sync?: ecp.client.v1.Sync.$Shape|null;
                  flush?: ecp.client.v1.Flush.$Shape|null;
                  disconnect?: ecp.client.v1.Disconnect.$Shape|null;
                  tstart?: ecp.client.v1.TStart.$Shape|null;
                  tcommit?: ecp.client.v1.TCommit.$Shape|null;
                  trollback?: ecp.client.v1.TRollback.$Shape|null;
                  tlevel?: ecp.client.v1.TLevel.$Shape|null;
                  lock?: ecp.client.v1.Lock.$Shape|null;
                  unlock?: ecp.client.v1.Unlock.$Shape|null;
                  unlockAll?: ecp.client.v1.UnlockAll.$Shape|null;
                  lockLossesSeen?: number|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ kind?: undefined; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "openJob"; openJob: ecp.client.v1.OpenJob.$Shape; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "closeJob"; openJob?: null; closeJob: ecp.client.v1.CloseJob.$Shape; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "cancel"; openJob?: null; closeJob?: null; cancel: ecp.client.v1.Cancel.$Shape; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "get"; openJob?: null; closeJob?: null; cancel?: null; get: ecp.client.v1.Reference.$Shape; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "data"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data: ecp.client.v1.Reference.$Shape; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "order"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order: ecp.client.v1.Reference.$Shape; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "previous"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous: ecp.client.v1.Reference.$Shape; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "query"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query: ecp.client.v1.Query.$Shape; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "keys"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys: ecp.client.v1.Scan.$Shape; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "entries"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries: ecp.client.v1.Scan.$Shape; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "globals"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals: ecp.client.v1.Globals.$Shape; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "set"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set: ecp.client.v1.Set.$Shape; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "kill"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill: ecp.client.v1.Reference.$Shape; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "zkill"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill: ecp.client.v1.Reference.$Shape; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "merge"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge: ecp.client.v1.Merge.$Shape; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "increment"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment: ecp.client.v1.Increment.$Shape; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "sequence"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence: ecp.client.v1.Reference.$Shape; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "sync"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync: ecp.client.v1.Sync.$Shape; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "flush"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush: ecp.client.v1.Flush.$Shape; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "disconnect"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect: ecp.client.v1.Disconnect.$Shape; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tstart"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart: ecp.client.v1.TStart.$Shape; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tcommit"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit: ecp.client.v1.TCommit.$Shape; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "trollback"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback: ecp.client.v1.TRollback.$Shape; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tlevel"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel: ecp.client.v1.TLevel.$Shape; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "lock"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock: ecp.client.v1.Lock.$Shape; unlock?: null; unlockAll?: null }|{ kind?: "unlock"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock: ecp.client.v1.Unlock.$Shape; unlockAll?: null }|{ kind?: "unlockAll"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll: ecp.client.v1.UnlockAll.$Shape })
                );
            }

            /**
             * Properties of an OpenJob.
             * @deprecated Use ecp.client.v1.OpenJob.$Properties instead.
             */
            interface IOpenJob extends ecp.client.v1.OpenJob.$Properties {
            }

            /** Represents an OpenJob. */
            class OpenJob {

                /**
                 * Constructs a new OpenJob.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.OpenJob.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** OpenJob namespace. */
                namespace: string;

                /**
                 * Encodes the specified OpenJob message. Does not implicitly {@link ecp.client.v1.OpenJob.verify|verify} messages.
                 * @param message OpenJob message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.OpenJob.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OpenJob message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.OpenJob & ecp.client.v1.OpenJob.$Shape} OpenJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.OpenJob & ecp.client.v1.OpenJob.$Shape;
            }

            namespace OpenJob {

                /** Properties of an OpenJob. */
                interface $Properties {

                    /** OpenJob namespace */
                    namespace?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an OpenJob. */
                type $Shape = ecp.client.v1.OpenJob.$Properties;
            }

            /**
             * Properties of a CloseJob.
             * @deprecated Use ecp.client.v1.CloseJob.$Properties instead.
             */
            interface ICloseJob extends ecp.client.v1.CloseJob.$Properties {
            }

            /** Represents a CloseJob. */
            class CloseJob {

                /**
                 * Constructs a new CloseJob.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.CloseJob.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified CloseJob message. Does not implicitly {@link ecp.client.v1.CloseJob.verify|verify} messages.
                 * @param message CloseJob message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.CloseJob.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CloseJob message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.CloseJob & ecp.client.v1.CloseJob.$Shape} CloseJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.CloseJob & ecp.client.v1.CloseJob.$Shape;
            }

            namespace CloseJob {

                /** Properties of a CloseJob. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CloseJob. */
                type $Shape = ecp.client.v1.CloseJob.$Properties;
            }

            /**
             * Properties of a Cancel.
             * @deprecated Use ecp.client.v1.Cancel.$Properties instead.
             */
            interface ICancel extends ecp.client.v1.Cancel.$Properties {
            }

            /** Represents a Cancel. */
            class Cancel {

                /**
                 * Constructs a new Cancel.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Cancel.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Cancel operation. */
                operation: number;

                /**
                 * Encodes the specified Cancel message. Does not implicitly {@link ecp.client.v1.Cancel.verify|verify} messages.
                 * @param message Cancel message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Cancel message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Cancel & ecp.client.v1.Cancel.$Shape} Cancel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Cancel & ecp.client.v1.Cancel.$Shape;
            }

            namespace Cancel {

                /** Properties of a Cancel. */
                interface $Properties {

                    /** Cancel operation */
                    operation?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Cancel. */
                type $Shape = ecp.client.v1.Cancel.$Properties;
            }

            /**
             * Properties of a Query.
             * @deprecated Use ecp.client.v1.Query.$Properties instead.
             */
            interface IQuery extends ecp.client.v1.Query.$Properties {
            }

            /** Represents a Query. */
            class Query {

                /**
                 * Constructs a new Query.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Query.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Query node. */
                node?: (ecp.client.v1.Reference.$Properties|null);

                /** Query reverse. */
                reverse: boolean;

                /**
                 * Encodes the specified Query message. Does not implicitly {@link ecp.client.v1.Query.verify|verify} messages.
                 * @param message Query message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Query.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Query message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Query & ecp.client.v1.Query.$Shape} Query
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Query & ecp.client.v1.Query.$Shape;
            }

            namespace Query {

                /** Properties of a Query. */
                interface $Properties {

                    /** Query node */
                    node?: (ecp.client.v1.Reference.$Properties|null);

                    /** Query reverse */
                    reverse?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Query. */
                type $Shape = ecp.client.v1.Query.$Properties;
            }

            /**
             * Properties of a Scan.
             * @deprecated Use ecp.client.v1.Scan.$Properties instead.
             */
            interface IScan extends ecp.client.v1.Scan.$Properties {
            }

            /** Represents a Scan. */
            class Scan {

                /**
                 * Constructs a new Scan.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Scan.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Scan node. */
                node?: (ecp.client.v1.Reference.$Properties|null);

                /** Scan from. */
                from?: (Uint8Array|null);

                /** Scan to. */
                to?: (Uint8Array|null);

                /** Scan reverse. */
                reverse: boolean;

                /** Scan limit. */
                limit: number;

                /** Scan after. */
                after?: (ecp.client.v1.Path.$Properties|null);

                /**
                 * Encodes the specified Scan message. Does not implicitly {@link ecp.client.v1.Scan.verify|verify} messages.
                 * @param message Scan message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Scan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Scan message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Scan & ecp.client.v1.Scan.$Shape} Scan
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Scan & ecp.client.v1.Scan.$Shape;
            }

            namespace Scan {

                /** Properties of a Scan. */
                interface $Properties {

                    /** Scan node */
                    node?: (ecp.client.v1.Reference.$Properties|null);

                    /** Scan from */
                    from?: (Uint8Array|null);

                    /** Scan to */
                    to?: (Uint8Array|null);

                    /** Scan reverse */
                    reverse?: (boolean|null);

                    /** Scan limit */
                    limit?: (number|null);

                    /** Scan after */
                    after?: (ecp.client.v1.Path.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Scan. */
                type $Shape = ecp.client.v1.Scan.$Properties;
            }

            /**
             * Properties of a Globals.
             * @deprecated Use ecp.client.v1.Globals.$Properties instead.
             */
            interface IGlobals extends ecp.client.v1.Globals.$Properties {
            }

            /** Represents a Globals. */
            class Globals {

                /**
                 * Constructs a new Globals.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Globals.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Globals limit. */
                limit: number;

                /** Globals after. */
                after: string;

                /**
                 * Encodes the specified Globals message. Does not implicitly {@link ecp.client.v1.Globals.verify|verify} messages.
                 * @param message Globals message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Globals.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Globals message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Globals & ecp.client.v1.Globals.$Shape} Globals
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Globals & ecp.client.v1.Globals.$Shape;
            }

            namespace Globals {

                /** Properties of a Globals. */
                interface $Properties {

                    /** Globals limit */
                    limit?: (number|null);

                    /** Globals after */
                    after?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Globals. */
                type $Shape = ecp.client.v1.Globals.$Properties;
            }

            /**
             * Properties of a Set.
             * @deprecated Use ecp.client.v1.Set.$Properties instead.
             */
            interface ISet extends ecp.client.v1.Set.$Properties {
            }

            /** Represents a Set. */
            class Set {

                /**
                 * Constructs a new Set.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Set.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Set node. */
                node?: (ecp.client.v1.Reference.$Properties|null);

                /** Set value. */
                value: Uint8Array;

                /**
                 * Encodes the specified Set message. Does not implicitly {@link ecp.client.v1.Set.verify|verify} messages.
                 * @param message Set message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Set.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Set message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Set & ecp.client.v1.Set.$Shape} Set
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Set & ecp.client.v1.Set.$Shape;
            }

            namespace Set {

                /** Properties of a Set. */
                interface $Properties {

                    /** Set node */
                    node?: (ecp.client.v1.Reference.$Properties|null);

                    /** Set value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Set. */
                type $Shape = ecp.client.v1.Set.$Properties;
            }

            /**
             * Properties of a Merge.
             * @deprecated Use ecp.client.v1.Merge.$Properties instead.
             */
            interface IMerge extends ecp.client.v1.Merge.$Properties {
            }

            /** Represents a Merge. */
            class Merge {

                /**
                 * Constructs a new Merge.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Merge.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Merge to. */
                to?: (ecp.client.v1.Reference.$Properties|null);

                /** Merge from. */
                from?: (ecp.client.v1.Reference.$Properties|null);

                /** Merge fromJob. */
                fromJob: number;

                /**
                 * Encodes the specified Merge message. Does not implicitly {@link ecp.client.v1.Merge.verify|verify} messages.
                 * @param message Merge message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Merge.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Merge message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Merge & ecp.client.v1.Merge.$Shape} Merge
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Merge & ecp.client.v1.Merge.$Shape;
            }

            namespace Merge {

                /** Properties of a Merge. */
                interface $Properties {

                    /** Merge to */
                    to?: (ecp.client.v1.Reference.$Properties|null);

                    /** Merge from */
                    from?: (ecp.client.v1.Reference.$Properties|null);

                    /** Merge fromJob */
                    fromJob?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Merge. */
                type $Shape = ecp.client.v1.Merge.$Properties;
            }

            /**
             * Properties of an Increment.
             * @deprecated Use ecp.client.v1.Increment.$Properties instead.
             */
            interface IIncrement extends ecp.client.v1.Increment.$Properties {
            }

            /** Represents an Increment. */
            class Increment {

                /**
                 * Constructs a new Increment.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Increment.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Increment node. */
                node?: (ecp.client.v1.Reference.$Properties|null);

                /** Increment by. */
                by: Uint8Array;

                /**
                 * Encodes the specified Increment message. Does not implicitly {@link ecp.client.v1.Increment.verify|verify} messages.
                 * @param message Increment message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Increment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Increment message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Increment & ecp.client.v1.Increment.$Shape} Increment
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Increment & ecp.client.v1.Increment.$Shape;
            }

            namespace Increment {

                /** Properties of an Increment. */
                interface $Properties {

                    /** Increment node */
                    node?: (ecp.client.v1.Reference.$Properties|null);

                    /** Increment by */
                    by?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Increment. */
                type $Shape = ecp.client.v1.Increment.$Properties;
            }

            /**
             * Properties of a Sync.
             * @deprecated Use ecp.client.v1.Sync.$Properties instead.
             */
            interface ISync extends ecp.client.v1.Sync.$Properties {
            }

            /** Represents a Sync. */
            class Sync {

                /**
                 * Constructs a new Sync.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Sync.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Sync message. Does not implicitly {@link ecp.client.v1.Sync.verify|verify} messages.
                 * @param message Sync message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Sync.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Sync message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Sync & ecp.client.v1.Sync.$Shape} Sync
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Sync & ecp.client.v1.Sync.$Shape;
            }

            namespace Sync {

                /** Properties of a Sync. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Sync. */
                type $Shape = ecp.client.v1.Sync.$Properties;
            }

            /**
             * Properties of a Flush.
             * @deprecated Use ecp.client.v1.Flush.$Properties instead.
             */
            interface IFlush extends ecp.client.v1.Flush.$Properties {
            }

            /** Represents a Flush. */
            class Flush {

                /**
                 * Constructs a new Flush.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Flush.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Flush message. Does not implicitly {@link ecp.client.v1.Flush.verify|verify} messages.
                 * @param message Flush message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Flush.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Flush message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Flush & ecp.client.v1.Flush.$Shape} Flush
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Flush & ecp.client.v1.Flush.$Shape;
            }

            namespace Flush {

                /** Properties of a Flush. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Flush. */
                type $Shape = ecp.client.v1.Flush.$Properties;
            }

            /**
             * Properties of a Disconnect.
             * @deprecated Use ecp.client.v1.Disconnect.$Properties instead.
             */
            interface IDisconnect extends ecp.client.v1.Disconnect.$Properties {
            }

            /** Represents a Disconnect. */
            class Disconnect {

                /**
                 * Constructs a new Disconnect.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Disconnect.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Disconnect dataServer. */
                dataServer: string;

                /**
                 * Encodes the specified Disconnect message. Does not implicitly {@link ecp.client.v1.Disconnect.verify|verify} messages.
                 * @param message Disconnect message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Disconnect.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Disconnect message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Disconnect & ecp.client.v1.Disconnect.$Shape} Disconnect
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Disconnect & ecp.client.v1.Disconnect.$Shape;
            }

            namespace Disconnect {

                /** Properties of a Disconnect. */
                interface $Properties {

                    /** Disconnect dataServer */
                    dataServer?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Disconnect. */
                type $Shape = ecp.client.v1.Disconnect.$Properties;
            }

            /**
             * Properties of a TStart.
             * @deprecated Use ecp.client.v1.TStart.$Properties instead.
             */
            interface ITStart extends ecp.client.v1.TStart.$Properties {
            }

            /** Represents a TStart. */
            class TStart {

                /**
                 * Constructs a new TStart.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.TStart.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified TStart message. Does not implicitly {@link ecp.client.v1.TStart.verify|verify} messages.
                 * @param message TStart message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.TStart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TStart message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TStart & ecp.client.v1.TStart.$Shape} TStart
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.TStart & ecp.client.v1.TStart.$Shape;
            }

            namespace TStart {

                /** Properties of a TStart. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TStart. */
                type $Shape = ecp.client.v1.TStart.$Properties;
            }

            /**
             * Properties of a TCommit.
             * @deprecated Use ecp.client.v1.TCommit.$Properties instead.
             */
            interface ITCommit extends ecp.client.v1.TCommit.$Properties {
            }

            /** Represents a TCommit. */
            class TCommit {

                /**
                 * Constructs a new TCommit.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.TCommit.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TCommit synchronous. */
                synchronous: boolean;

                /** TCommit asynchronous. */
                asynchronous: boolean;

                /** TCommit failuresSeen. */
                failuresSeen: number;

                /**
                 * Encodes the specified TCommit message. Does not implicitly {@link ecp.client.v1.TCommit.verify|verify} messages.
                 * @param message TCommit message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.TCommit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TCommit message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TCommit & ecp.client.v1.TCommit.$Shape} TCommit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.TCommit & ecp.client.v1.TCommit.$Shape;
            }

            namespace TCommit {

                /** Properties of a TCommit. */
                interface $Properties {

                    /** TCommit synchronous */
                    synchronous?: (boolean|null);

                    /** TCommit asynchronous */
                    asynchronous?: (boolean|null);

                    /** TCommit failuresSeen */
                    failuresSeen?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TCommit. */
                type $Shape = ecp.client.v1.TCommit.$Properties;
            }

            /**
             * Properties of a TRollback.
             * @deprecated Use ecp.client.v1.TRollback.$Properties instead.
             */
            interface ITRollback extends ecp.client.v1.TRollback.$Properties {
            }

            /** Represents a TRollback. */
            class TRollback {

                /**
                 * Constructs a new TRollback.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.TRollback.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TRollback level. */
                level: boolean;

                /**
                 * Encodes the specified TRollback message. Does not implicitly {@link ecp.client.v1.TRollback.verify|verify} messages.
                 * @param message TRollback message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.TRollback.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TRollback message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TRollback & ecp.client.v1.TRollback.$Shape} TRollback
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.TRollback & ecp.client.v1.TRollback.$Shape;
            }

            namespace TRollback {

                /** Properties of a TRollback. */
                interface $Properties {

                    /** TRollback level */
                    level?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TRollback. */
                type $Shape = ecp.client.v1.TRollback.$Properties;
            }

            /**
             * Properties of a TLevel.
             * @deprecated Use ecp.client.v1.TLevel.$Properties instead.
             */
            interface ITLevel extends ecp.client.v1.TLevel.$Properties {
            }

            /** Represents a TLevel. */
            class TLevel {

                /**
                 * Constructs a new TLevel.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.TLevel.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified TLevel message. Does not implicitly {@link ecp.client.v1.TLevel.verify|verify} messages.
                 * @param message TLevel message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.TLevel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TLevel message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TLevel & ecp.client.v1.TLevel.$Shape} TLevel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.TLevel & ecp.client.v1.TLevel.$Shape;
            }

            namespace TLevel {

                /** Properties of a TLevel. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TLevel. */
                type $Shape = ecp.client.v1.TLevel.$Properties;
            }

            /**
             * Properties of a Lock.
             * @deprecated Use ecp.client.v1.Lock.$Properties instead.
             */
            interface ILock extends ecp.client.v1.Lock.$Properties {
            }

            /** Represents a Lock. */
            class Lock {

                /**
                 * Constructs a new Lock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Lock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Lock names. */
                names: ecp.client.v1.Reference.$Properties[];

                /** Lock shared. */
                shared: boolean;

                /** Lock escalating. */
                escalating: boolean;

                /** Lock timeoutMs. */
                timeoutMs?: (number|null);

                /**
                 * Encodes the specified Lock message. Does not implicitly {@link ecp.client.v1.Lock.verify|verify} messages.
                 * @param message Lock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Lock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Lock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Lock & ecp.client.v1.Lock.$Shape} Lock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Lock & ecp.client.v1.Lock.$Shape;
            }

            namespace Lock {

                /** Properties of a Lock. */
                interface $Properties {

                    /** Lock names */
                    names?: (ecp.client.v1.Reference.$Properties[]|null);

                    /** Lock shared */
                    shared?: (boolean|null);

                    /** Lock escalating */
                    escalating?: (boolean|null);

                    /** Lock timeoutMs */
                    timeoutMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Lock. */
                type $Shape = ecp.client.v1.Lock.$Properties;
            }

            /**
             * Properties of an Unlock.
             * @deprecated Use ecp.client.v1.Unlock.$Properties instead.
             */
            interface IUnlock extends ecp.client.v1.Unlock.$Properties {
            }

            /** Represents an Unlock. */
            class Unlock {

                /**
                 * Constructs a new Unlock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Unlock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Unlock names. */
                names: ecp.client.v1.Reference.$Properties[];

                /** Unlock shared. */
                shared: boolean;

                /** Unlock immediate. */
                immediate: boolean;

                /**
                 * Encodes the specified Unlock message. Does not implicitly {@link ecp.client.v1.Unlock.verify|verify} messages.
                 * @param message Unlock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Unlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Unlock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Unlock & ecp.client.v1.Unlock.$Shape} Unlock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Unlock & ecp.client.v1.Unlock.$Shape;
            }

            namespace Unlock {

                /** Properties of an Unlock. */
                interface $Properties {

                    /** Unlock names */
                    names?: (ecp.client.v1.Reference.$Properties[]|null);

                    /** Unlock shared */
                    shared?: (boolean|null);

                    /** Unlock immediate */
                    immediate?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Unlock. */
                type $Shape = ecp.client.v1.Unlock.$Properties;
            }

            /**
             * Properties of an UnlockAll.
             * @deprecated Use ecp.client.v1.UnlockAll.$Properties instead.
             */
            interface IUnlockAll extends ecp.client.v1.UnlockAll.$Properties {
            }

            /** Represents an UnlockAll. */
            class UnlockAll {

                /**
                 * Constructs a new UnlockAll.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.UnlockAll.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnlockAll immediate. */
                immediate: boolean;

                /**
                 * Encodes the specified UnlockAll message. Does not implicitly {@link ecp.client.v1.UnlockAll.verify|verify} messages.
                 * @param message UnlockAll message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.UnlockAll.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnlockAll message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.UnlockAll & ecp.client.v1.UnlockAll.$Shape} UnlockAll
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.UnlockAll & ecp.client.v1.UnlockAll.$Shape;
            }

            namespace UnlockAll {

                /** Properties of an UnlockAll. */
                interface $Properties {

                    /** UnlockAll immediate */
                    immediate?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UnlockAll. */
                type $Shape = ecp.client.v1.UnlockAll.$Properties;
            }

            /**
             * Properties of a Reply.
             * @deprecated Use ecp.client.v1.Reply.$Properties instead.
             */
            interface IReply extends ecp.client.v1.Reply.$Properties {
            }

            /** Represents a Reply. */
            class Reply {

                /**
                 * Constructs a new Reply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Reply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reply id. */
                id: number;

                /** Reply error. */
                error?: (ecp.client.v1.Error.$Properties|null);

                /** Reply value. */
                value?: (Uint8Array|null);

                /** Reply data. */
                data?: (number|null);

                /** Reply subscript. */
                subscript?: (Uint8Array|null);

                /** Reply path. */
                path?: (ecp.client.v1.Path.$Properties|null);

                /** Reply page. */
                page?: (ecp.client.v1.Page.$Properties|null);

                /** Reply level. */
                level?: (number|null);

                /** Reply result. */
                result?: ("error"|"value"|"data"|"subscript"|"path"|"page"|"level");

                /**
                 * Encodes the specified Reply message. Does not implicitly {@link ecp.client.v1.Reply.verify|verify} messages.
                 * @param message Reply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Reply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Reply & ecp.client.v1.Reply.$Shape} Reply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Reply & ecp.client.v1.Reply.$Shape;
            }

            namespace Reply {

                /** Properties of a Reply. */
                interface $Properties {

                    /** Reply id */
                    id?: (number|null);

                    /** Reply error */
                    error?: (ecp.client.v1.Error.$Properties|null);

                    /** Reply value */
                    value?: (Uint8Array|null);

                    /** Reply data */
                    data?: (number|null);

                    /** Reply subscript */
                    subscript?: (Uint8Array|null);

                    /** Reply path */
                    path?: (ecp.client.v1.Path.$Properties|null);

                    /** Reply page */
                    page?: (ecp.client.v1.Page.$Properties|null);

                    /** Reply level */
                    level?: (number|null);

                    /** Reply result */
                    result?: ("error"|"value"|"data"|"subscript"|"path"|"page"|"level");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Reply. */
                type $Shape = {
                  id?: number|null;
                  error?: ecp.client.v1.Error.$Shape|null;
                  value?: Uint8Array|null;
                  data?: number|null;
                  subscript?: Uint8Array|null;
                  path?: ecp.client.v1.Path.$Shape|null;
                  page?: ecp.client.v1.Page.$Shape|null;
                  level?: number|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ result?: undefined; error?: null; value?: null; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "error"; error: ecp.client.v1.Error.$Shape; value?: null; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "value"; error?: null; value: Uint8Array; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "data"; error?: null; value?: null; data: number; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "subscript"; error?: null; value?: null; data?: null; subscript: Uint8Array; path?: null; page?: null; level?: null }|{ result?: "path"; error?: null; value?: null; data?: null; subscript?: null; path: ecp.client.v1.Path.$Shape; page?: null; level?: null }|{ result?: "page"; error?: null; value?: null; data?: null; subscript?: null; path?: null; page: ecp.client.v1.Page.$Shape; level?: null }|{ result?: "level"; error?: null; value?: null; data?: null; subscript?: null; path?: null; page?: null; level: number })
                );
            }

            /**
             * Properties of a Path.
             * @deprecated Use ecp.client.v1.Path.$Properties instead.
             */
            interface IPath extends ecp.client.v1.Path.$Properties {
            }

            /** Represents a Path. */
            class Path {

                /**
                 * Constructs a new Path.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Path.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Path subscripts. */
                subscripts: Uint8Array[];

                /**
                 * Encodes the specified Path message. Does not implicitly {@link ecp.client.v1.Path.verify|verify} messages.
                 * @param message Path message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Path.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Path message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Path & ecp.client.v1.Path.$Shape} Path
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Path & ecp.client.v1.Path.$Shape;
            }

            namespace Path {

                /** Properties of a Path. */
                interface $Properties {

                    /** Path subscripts */
                    subscripts?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Path. */
                type $Shape = ecp.client.v1.Path.$Properties;
            }

            /**
             * Properties of a Page.
             * @deprecated Use ecp.client.v1.Page.$Properties instead.
             */
            interface IPage extends ecp.client.v1.Page.$Properties {
            }

            /** Represents a Page. */
            class Page {

                /**
                 * Constructs a new Page.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Page.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Page entries. */
                entries: ecp.client.v1.Entry.$Properties[];

                /** Page more. */
                more: boolean;

                /**
                 * Encodes the specified Page message. Does not implicitly {@link ecp.client.v1.Page.verify|verify} messages.
                 * @param message Page message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Page.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Page message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Page & ecp.client.v1.Page.$Shape} Page
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Page & ecp.client.v1.Page.$Shape;
            }

            namespace Page {

                /** Properties of a Page. */
                interface $Properties {

                    /** Page entries */
                    entries?: (ecp.client.v1.Entry.$Properties[]|null);

                    /** Page more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Page. */
                type $Shape = ecp.client.v1.Page.$Properties;
            }

            /**
             * Properties of an Entry.
             * @deprecated Use ecp.client.v1.Entry.$Properties instead.
             */
            interface IEntry extends ecp.client.v1.Entry.$Properties {
            }

            /** Represents an Entry. */
            class Entry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Entry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Entry subscripts. */
                subscripts: Uint8Array[];

                /** Entry value. */
                value?: (Uint8Array|null);

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link ecp.client.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Entry & ecp.client.v1.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Entry & ecp.client.v1.Entry.$Shape;
            }

            namespace Entry {

                /** Properties of an Entry. */
                interface $Properties {

                    /** Entry subscripts */
                    subscripts?: (Uint8Array[]|null);

                    /** Entry value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Entry. */
                type $Shape = ecp.client.v1.Entry.$Properties;
            }

            /**
             * Properties of an Error.
             * @deprecated Use ecp.client.v1.Error.$Properties instead.
             */
            interface IError extends ecp.client.v1.Error.$Properties {
            }

            /** Represents an Error. */
            class Error {

                /**
                 * Constructs a new Error.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Error.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Error code. */
                code: string;

                /** Error message. */
                message: string;

                /** Error retry. */
                retry: ecp.client.v1.Error.Retry;

                /** Error outcome. */
                outcome: ecp.client.v1.Error.Outcome;

                /** Error reference. */
                reference: string;

                /** Error locksLost. */
                locksLost: boolean;

                /**
                 * Encodes the specified Error message. Does not implicitly {@link ecp.client.v1.Error.verify|verify} messages.
                 * @param message Error message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Error message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Error & ecp.client.v1.Error.$Shape} Error
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Error & ecp.client.v1.Error.$Shape;
            }

            namespace Error {

                /** Properties of an Error. */
                interface $Properties {

                    /** Error code */
                    code?: (string|null);

                    /** Error message */
                    message?: (string|null);

                    /** Error retry */
                    retry?: (ecp.client.v1.Error.Retry|null);

                    /** Error outcome */
                    outcome?: (ecp.client.v1.Error.Outcome|null);

                    /** Error reference */
                    reference?: (string|null);

                    /** Error locksLost */
                    locksLost?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Error. */
                type $Shape = ecp.client.v1.Error.$Properties;

                /** Retry enum. */
                enum Retry {

                    /** NEVER value */
                    NEVER = 0,

                    /** SAME value */
                    SAME = 1,

                    /** RECONNECT value */
                    RECONNECT = 2
                }

                /** Outcome enum. */
                enum Outcome {

                    /** NONE value */
                    NONE = 0,

                    /** MAYBE value */
                    MAYBE = 1
                }
            }

            /**
             * Properties of an Event.
             * @deprecated Use ecp.client.v1.Event.$Properties instead.
             */
            interface IEvent extends ecp.client.v1.Event.$Properties {
            }

            /** Represents an Event. */
            class Event {

                /**
                 * Constructs a new Event.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.client.v1.Event.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Event job. */
                job: number;

                /** Event error. */
                error?: (ecp.client.v1.Error.$Properties|null);

                /**
                 * Encodes the specified Event message. Does not implicitly {@link ecp.client.v1.Event.verify|verify} messages.
                 * @param message Event message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.client.v1.Event.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Event message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Event & ecp.client.v1.Event.$Shape} Event
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.client.v1.Event & ecp.client.v1.Event.$Shape;
            }

            namespace Event {

                /** Properties of an Event. */
                interface $Properties {

                    /** Event job */
                    job?: (number|null);

                    /** Event error */
                    error?: (ecp.client.v1.Error.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Event. */
                type $Shape = ecp.client.v1.Event.$Properties;
            }
        }
    }
}
