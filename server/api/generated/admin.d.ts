import * as $protobuf from "protobufjs/minimal.js";

/** Namespace ecp. */
export namespace ecp {

    /** Namespace admin. */
    namespace admin {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a StatusRequest.
             * @deprecated Use ecp.admin.v1.StatusRequest.$Properties instead.
             */
            interface IStatusRequest extends ecp.admin.v1.StatusRequest.$Properties {
            }

            /** Represents a StatusRequest. */
            class StatusRequest {

                /**
                 * Constructs a new StatusRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.StatusRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified StatusRequest message. Does not implicitly {@link ecp.admin.v1.StatusRequest.verify|verify} messages.
                 * @param message StatusRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.StatusRequest & ecp.admin.v1.StatusRequest.$Shape} StatusRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.StatusRequest & ecp.admin.v1.StatusRequest.$Shape;
            }

            namespace StatusRequest {

                /** Properties of a StatusRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusRequest. */
                type $Shape = ecp.admin.v1.StatusRequest.$Properties;
            }

            /**
             * Properties of a StatusReply.
             * @deprecated Use ecp.admin.v1.StatusReply.$Properties instead.
             */
            interface IStatusReply extends ecp.admin.v1.StatusReply.$Properties {
            }

            /** Represents a StatusReply. */
            class StatusReply {

                /**
                 * Constructs a new StatusReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.StatusReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatusReply name. */
                name: string;

                /** StatusReply productVersion. */
                productVersion: string;

                /** StatusReply serverUuid. */
                serverUuid: string;

                /** StatusReply ecpServiceEnabled. */
                ecpServiceEnabled: boolean;

                /** StatusReply appServersMax. */
                appServersMax: number;

                /** StatusReply appServers. */
                appServers: ecp.admin.v1.AppServerConnection.$Properties[];

                /** StatusReply dataServers. */
                dataServers: ecp.admin.v1.DataServerConnection.$Properties[];

                /** StatusReply databases. */
                databases: ecp.admin.v1.Database.$Properties[];

                /** StatusReply cache. */
                cache?: (ecp.admin.v1.Cache.$Properties|null);

                /** StatusReply frozen. */
                frozen: string;

                /** StatusReply jobs. */
                jobs: number;

                /** StatusReply journalPosition. */
                journalPosition: number;

                /** StatusReply journalDurablePosition. */
                journalDurablePosition: number;

                /** StatusReply namespaces. */
                namespaces: string[];

                /** StatusReply configurationRevision. */
                configurationRevision: number;

                /** StatusReply configurationHash. */
                configurationHash: string;

                /** StatusReply needsRestart. */
                needsRestart: string[];

                /** StatusReply refusedConfiguration. */
                refusedConfiguration: string;

                /** StatusReply clientSessions. */
                clientSessions: number;

                /** StatusReply ready. */
                ready: boolean;

                /** StatusReply draining. */
                draining: boolean;

                /** StatusReply journal. */
                journal?: (ecp.admin.v1.Journal.$Properties|null);

                /**
                 * Encodes the specified StatusReply message. Does not implicitly {@link ecp.admin.v1.StatusReply.verify|verify} messages.
                 * @param message StatusReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.StatusReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.StatusReply & ecp.admin.v1.StatusReply.$Shape} StatusReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.StatusReply & ecp.admin.v1.StatusReply.$Shape;
            }

            namespace StatusReply {

                /** Properties of a StatusReply. */
                interface $Properties {

                    /** StatusReply name */
                    name?: (string|null);

                    /** StatusReply productVersion */
                    productVersion?: (string|null);

                    /** StatusReply serverUuid */
                    serverUuid?: (string|null);

                    /** StatusReply ecpServiceEnabled */
                    ecpServiceEnabled?: (boolean|null);

                    /** StatusReply appServersMax */
                    appServersMax?: (number|null);

                    /** StatusReply appServers */
                    appServers?: (ecp.admin.v1.AppServerConnection.$Properties[]|null);

                    /** StatusReply dataServers */
                    dataServers?: (ecp.admin.v1.DataServerConnection.$Properties[]|null);

                    /** StatusReply databases */
                    databases?: (ecp.admin.v1.Database.$Properties[]|null);

                    /** StatusReply cache */
                    cache?: (ecp.admin.v1.Cache.$Properties|null);

                    /** StatusReply frozen */
                    frozen?: (string|null);

                    /** StatusReply jobs */
                    jobs?: (number|null);

                    /** StatusReply journalPosition */
                    journalPosition?: (number|null);

                    /** StatusReply journalDurablePosition */
                    journalDurablePosition?: (number|null);

                    /** StatusReply namespaces */
                    namespaces?: (string[]|null);

                    /** StatusReply configurationRevision */
                    configurationRevision?: (number|null);

                    /** StatusReply configurationHash */
                    configurationHash?: (string|null);

                    /** StatusReply needsRestart */
                    needsRestart?: (string[]|null);

                    /** StatusReply refusedConfiguration */
                    refusedConfiguration?: (string|null);

                    /** StatusReply clientSessions */
                    clientSessions?: (number|null);

                    /** StatusReply ready */
                    ready?: (boolean|null);

                    /** StatusReply draining */
                    draining?: (boolean|null);

                    /** StatusReply journal */
                    journal?: (ecp.admin.v1.Journal.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusReply. */
                type $Shape = ecp.admin.v1.StatusReply.$Properties;
            }

            /**
             * Properties of a Journal.
             * @deprecated Use ecp.admin.v1.Journal.$Properties instead.
             */
            interface IJournal extends ecp.admin.v1.Journal.$Properties {
            }

            /** Represents a Journal. */
            class Journal {

                /**
                 * Constructs a new Journal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Journal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Journal retainedBytes. */
                retainedBytes: number;

                /** Journal segments. */
                segments: number;

                /** Journal oldestAgeMs. */
                oldestAgeMs: number;

                /** Journal pinnedBytes. */
                pinnedBytes: number;

                /** Journal openTransactions. */
                openTransactions: number;

                /** Journal gaps. */
                gaps: number;

                /** Journal gap. */
                gap: string;

                /** Journal encryption. */
                encryption?: (ecp.admin.v1.Encryption.$Properties|null);

                /**
                 * Encodes the specified Journal message. Does not implicitly {@link ecp.admin.v1.Journal.verify|verify} messages.
                 * @param message Journal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Journal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Journal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Journal & ecp.admin.v1.Journal.$Shape} Journal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Journal & ecp.admin.v1.Journal.$Shape;
            }

            namespace Journal {

                /** Properties of a Journal. */
                interface $Properties {

                    /** Journal retainedBytes */
                    retainedBytes?: (number|null);

                    /** Journal segments */
                    segments?: (number|null);

                    /** Journal oldestAgeMs */
                    oldestAgeMs?: (number|null);

                    /** Journal pinnedBytes */
                    pinnedBytes?: (number|null);

                    /** Journal openTransactions */
                    openTransactions?: (number|null);

                    /** Journal gaps */
                    gaps?: (number|null);

                    /** Journal gap */
                    gap?: (string|null);

                    /** Journal encryption */
                    encryption?: (ecp.admin.v1.Encryption.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Journal. */
                type $Shape = ecp.admin.v1.Journal.$Properties;
            }

            /**
             * Properties of an AppServerConnection.
             * @deprecated Use ecp.admin.v1.AppServerConnection.$Properties instead.
             */
            interface IAppServerConnection extends ecp.admin.v1.AppServerConnection.$Properties {
            }

            /** Represents an AppServerConnection. */
            class AppServerConnection {

                /**
                 * Constructs a new AppServerConnection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.AppServerConnection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AppServerConnection name. */
                name: string;

                /** AppServerConnection state. */
                state: string;

                /** AppServerConnection stateCode. */
                stateCode: number;

                /** AppServerConnection address. */
                address: string;

                /** AppServerConnection entry. */
                entry: string;

                /** AppServerConnection inStateMs. */
                inStateMs: number;

                /** AppServerConnection queuedBytes. */
                queuedBytes: number;

                /**
                 * Encodes the specified AppServerConnection message. Does not implicitly {@link ecp.admin.v1.AppServerConnection.verify|verify} messages.
                 * @param message AppServerConnection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.AppServerConnection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AppServerConnection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.AppServerConnection & ecp.admin.v1.AppServerConnection.$Shape} AppServerConnection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.AppServerConnection & ecp.admin.v1.AppServerConnection.$Shape;
            }

            namespace AppServerConnection {

                /** Properties of an AppServerConnection. */
                interface $Properties {

                    /** AppServerConnection name */
                    name?: (string|null);

                    /** AppServerConnection state */
                    state?: (string|null);

                    /** AppServerConnection stateCode */
                    stateCode?: (number|null);

                    /** AppServerConnection address */
                    address?: (string|null);

                    /** AppServerConnection entry */
                    entry?: (string|null);

                    /** AppServerConnection inStateMs */
                    inStateMs?: (number|null);

                    /** AppServerConnection queuedBytes */
                    queuedBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AppServerConnection. */
                type $Shape = ecp.admin.v1.AppServerConnection.$Properties;
            }

            /**
             * Properties of a DataServerConnection.
             * @deprecated Use ecp.admin.v1.DataServerConnection.$Properties instead.
             */
            interface IDataServerConnection extends ecp.admin.v1.DataServerConnection.$Properties {
            }

            /** Represents a DataServerConnection. */
            class DataServerConnection {

                /**
                 * Constructs a new DataServerConnection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.DataServerConnection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DataServerConnection name. */
                name: string;

                /** DataServerConnection state. */
                state: string;

                /** DataServerConnection stateCode. */
                stateCode: number;

                /** DataServerConnection host. */
                host: string;

                /** DataServerConnection port. */
                port: number;

                /** DataServerConnection address. */
                address: string;

                /** DataServerConnection inStateMs. */
                inStateMs: number;

                /** DataServerConnection failure. */
                failure: string;

                /** DataServerConnection sentBytes. */
                sentBytes: number;

                /**
                 * Encodes the specified DataServerConnection message. Does not implicitly {@link ecp.admin.v1.DataServerConnection.verify|verify} messages.
                 * @param message DataServerConnection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.DataServerConnection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DataServerConnection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.DataServerConnection & ecp.admin.v1.DataServerConnection.$Shape} DataServerConnection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.DataServerConnection & ecp.admin.v1.DataServerConnection.$Shape;
            }

            namespace DataServerConnection {

                /** Properties of a DataServerConnection. */
                interface $Properties {

                    /** DataServerConnection name */
                    name?: (string|null);

                    /** DataServerConnection state */
                    state?: (string|null);

                    /** DataServerConnection stateCode */
                    stateCode?: (number|null);

                    /** DataServerConnection host */
                    host?: (string|null);

                    /** DataServerConnection port */
                    port?: (number|null);

                    /** DataServerConnection address */
                    address?: (string|null);

                    /** DataServerConnection inStateMs */
                    inStateMs?: (number|null);

                    /** DataServerConnection failure */
                    failure?: (string|null);

                    /** DataServerConnection sentBytes */
                    sentBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DataServerConnection. */
                type $Shape = ecp.admin.v1.DataServerConnection.$Properties;
            }

            /**
             * Properties of a Database.
             * @deprecated Use ecp.admin.v1.Database.$Properties instead.
             */
            interface IDatabase extends ecp.admin.v1.Database.$Properties {
            }

            /** Represents a Database. */
            class Database {

                /**
                 * Constructs a new Database.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Database.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Database name. */
                name: string;

                /** Database uuid. */
                uuid: string;

                /** Database blockSize. */
                blockSize: number;

                /** Database readOnly. */
                readOnly: boolean;

                /** Database journaled. */
                journaled: boolean;

                /** Database dataServer. */
                dataServer: string;

                /** Database blocksInMemory. */
                blocksInMemory: number;

                /** Database sizeBytes. */
                sizeBytes: number;

                /** Database state. */
                state: string;

                /** Database encryption. */
                encryption?: (ecp.admin.v1.Encryption.$Properties|null);

                /** Database usedBytes. */
                usedBytes: number;

                /** Database maxBytes. */
                maxBytes: number;

                /**
                 * Encodes the specified Database message. Does not implicitly {@link ecp.admin.v1.Database.verify|verify} messages.
                 * @param message Database message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Database.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Database message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Database & ecp.admin.v1.Database.$Shape} Database
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Database & ecp.admin.v1.Database.$Shape;
            }

            namespace Database {

                /** Properties of a Database. */
                interface $Properties {

                    /** Database name */
                    name?: (string|null);

                    /** Database uuid */
                    uuid?: (string|null);

                    /** Database blockSize */
                    blockSize?: (number|null);

                    /** Database readOnly */
                    readOnly?: (boolean|null);

                    /** Database journaled */
                    journaled?: (boolean|null);

                    /** Database dataServer */
                    dataServer?: (string|null);

                    /** Database blocksInMemory */
                    blocksInMemory?: (number|null);

                    /** Database sizeBytes */
                    sizeBytes?: (number|null);

                    /** Database state */
                    state?: (string|null);

                    /** Database encryption */
                    encryption?: (ecp.admin.v1.Encryption.$Properties|null);

                    /** Database usedBytes */
                    usedBytes?: (number|null);

                    /** Database maxBytes */
                    maxBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Database. */
                type $Shape = ecp.admin.v1.Database.$Properties;
            }

            /**
             * Properties of an Encryption.
             * @deprecated Use ecp.admin.v1.Encryption.$Properties instead.
             */
            interface IEncryption extends ecp.admin.v1.Encryption.$Properties {
            }

            /** Represents an Encryption. */
            class Encryption {

                /**
                 * Constructs a new Encryption.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Encryption.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Encryption key. */
                key: string;

                /** Encryption fingerprint. */
                fingerprint: string;

                /** Encryption progress. */
                progress: number;

                /** Encryption keysInUse. */
                keysInUse: string[];

                /** Encryption problem. */
                problem: string;

                /**
                 * Encodes the specified Encryption message. Does not implicitly {@link ecp.admin.v1.Encryption.verify|verify} messages.
                 * @param message Encryption message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Encryption.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Encryption message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Encryption & ecp.admin.v1.Encryption.$Shape} Encryption
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Encryption & ecp.admin.v1.Encryption.$Shape;
            }

            namespace Encryption {

                /** Properties of an Encryption. */
                interface $Properties {

                    /** Encryption key */
                    key?: (string|null);

                    /** Encryption fingerprint */
                    fingerprint?: (string|null);

                    /** Encryption progress */
                    progress?: (number|null);

                    /** Encryption keysInUse */
                    keysInUse?: (string[]|null);

                    /** Encryption problem */
                    problem?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Encryption. */
                type $Shape = ecp.admin.v1.Encryption.$Properties;
            }

            /**
             * Properties of a Cache.
             * @deprecated Use ecp.admin.v1.Cache.$Properties instead.
             */
            interface ICache extends ecp.admin.v1.Cache.$Properties {
            }

            /** Represents a Cache. */
            class Cache {

                /**
                 * Constructs a new Cache.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Cache.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Cache bytes. */
                bytes: number;

                /** Cache bytesMax. */
                bytesMax: number;

                /** Cache blocks. */
                blocks: number;

                /**
                 * Encodes the specified Cache message. Does not implicitly {@link ecp.admin.v1.Cache.verify|verify} messages.
                 * @param message Cache message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Cache.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Cache message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Cache & ecp.admin.v1.Cache.$Shape} Cache
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Cache & ecp.admin.v1.Cache.$Shape;
            }

            namespace Cache {

                /** Properties of a Cache. */
                interface $Properties {

                    /** Cache bytes */
                    bytes?: (number|null);

                    /** Cache bytesMax */
                    bytesMax?: (number|null);

                    /** Cache blocks */
                    blocks?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Cache. */
                type $Shape = ecp.admin.v1.Cache.$Properties;
            }

            /**
             * Properties of a ReloadRequest.
             * @deprecated Use ecp.admin.v1.ReloadRequest.$Properties instead.
             */
            interface IReloadRequest extends ecp.admin.v1.ReloadRequest.$Properties {
            }

            /** Represents a ReloadRequest. */
            class ReloadRequest {

                /**
                 * Constructs a new ReloadRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ReloadRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ReloadRequest message. Does not implicitly {@link ecp.admin.v1.ReloadRequest.verify|verify} messages.
                 * @param message ReloadRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ReloadRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReloadRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ReloadRequest & ecp.admin.v1.ReloadRequest.$Shape} ReloadRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ReloadRequest & ecp.admin.v1.ReloadRequest.$Shape;
            }

            namespace ReloadRequest {

                /** Properties of a ReloadRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReloadRequest. */
                type $Shape = ecp.admin.v1.ReloadRequest.$Properties;
            }

            /**
             * Properties of a ReloadReply.
             * @deprecated Use ecp.admin.v1.ReloadReply.$Properties instead.
             */
            interface IReloadReply extends ecp.admin.v1.ReloadReply.$Properties {
            }

            /** Represents a ReloadReply. */
            class ReloadReply {

                /**
                 * Constructs a new ReloadReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ReloadReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReloadReply refused. */
                refused: string;

                /**
                 * Encodes the specified ReloadReply message. Does not implicitly {@link ecp.admin.v1.ReloadReply.verify|verify} messages.
                 * @param message ReloadReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ReloadReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReloadReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ReloadReply & ecp.admin.v1.ReloadReply.$Shape} ReloadReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ReloadReply & ecp.admin.v1.ReloadReply.$Shape;
            }

            namespace ReloadReply {

                /** Properties of a ReloadReply. */
                interface $Properties {

                    /** ReloadReply refused */
                    refused?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReloadReply. */
                type $Shape = ecp.admin.v1.ReloadReply.$Properties;
            }

            /**
             * Properties of a ConfigureRequest.
             * @deprecated Use ecp.admin.v1.ConfigureRequest.$Properties instead.
             */
            interface IConfigureRequest extends ecp.admin.v1.ConfigureRequest.$Properties {
            }

            /** Represents a ConfigureRequest. */
            class ConfigureRequest {

                /**
                 * Constructs a new ConfigureRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ConfigureRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ConfigureRequest configuration. */
                configuration: string;

                /**
                 * Encodes the specified ConfigureRequest message. Does not implicitly {@link ecp.admin.v1.ConfigureRequest.verify|verify} messages.
                 * @param message ConfigureRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ConfigureRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigureRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ConfigureRequest & ecp.admin.v1.ConfigureRequest.$Shape} ConfigureRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ConfigureRequest & ecp.admin.v1.ConfigureRequest.$Shape;
            }

            namespace ConfigureRequest {

                /** Properties of a ConfigureRequest. */
                interface $Properties {

                    /** ConfigureRequest configuration */
                    configuration?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ConfigureRequest. */
                type $Shape = ecp.admin.v1.ConfigureRequest.$Properties;
            }

            /**
             * Properties of a ConfigureReply.
             * @deprecated Use ecp.admin.v1.ConfigureReply.$Properties instead.
             */
            interface IConfigureReply extends ecp.admin.v1.ConfigureReply.$Properties {
            }

            /** Represents a ConfigureReply. */
            class ConfigureReply {

                /**
                 * Constructs a new ConfigureReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ConfigureReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ConfigureReply refused. */
                refused: string;

                /** ConfigureReply revision. */
                revision: number;

                /** ConfigureReply hash. */
                hash: string;

                /** ConfigureReply needsRestart. */
                needsRestart: string[];

                /**
                 * Encodes the specified ConfigureReply message. Does not implicitly {@link ecp.admin.v1.ConfigureReply.verify|verify} messages.
                 * @param message ConfigureReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ConfigureReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigureReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ConfigureReply & ecp.admin.v1.ConfigureReply.$Shape} ConfigureReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ConfigureReply & ecp.admin.v1.ConfigureReply.$Shape;
            }

            namespace ConfigureReply {

                /** Properties of a ConfigureReply. */
                interface $Properties {

                    /** ConfigureReply refused */
                    refused?: (string|null);

                    /** ConfigureReply revision */
                    revision?: (number|null);

                    /** ConfigureReply hash */
                    hash?: (string|null);

                    /** ConfigureReply needsRestart */
                    needsRestart?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ConfigureReply. */
                type $Shape = ecp.admin.v1.ConfigureReply.$Properties;
            }

            /**
             * Properties of a ChangeConnectionRequest.
             * @deprecated Use ecp.admin.v1.ChangeConnectionRequest.$Properties instead.
             */
            interface IChangeConnectionRequest extends ecp.admin.v1.ChangeConnectionRequest.$Properties {
            }

            /** Represents a ChangeConnectionRequest. */
            class ChangeConnectionRequest {

                /**
                 * Constructs a new ChangeConnectionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ChangeConnectionRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChangeConnectionRequest dataServer. */
                dataServer: string;

                /** ChangeConnectionRequest change. */
                change: ecp.admin.v1.ChangeConnectionRequest.Change;

                /**
                 * Encodes the specified ChangeConnectionRequest message. Does not implicitly {@link ecp.admin.v1.ChangeConnectionRequest.verify|verify} messages.
                 * @param message ChangeConnectionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ChangeConnectionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChangeConnectionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ChangeConnectionRequest & ecp.admin.v1.ChangeConnectionRequest.$Shape} ChangeConnectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ChangeConnectionRequest & ecp.admin.v1.ChangeConnectionRequest.$Shape;
            }

            namespace ChangeConnectionRequest {

                /** Properties of a ChangeConnectionRequest. */
                interface $Properties {

                    /** ChangeConnectionRequest dataServer */
                    dataServer?: (string|null);

                    /** ChangeConnectionRequest change */
                    change?: (ecp.admin.v1.ChangeConnectionRequest.Change|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChangeConnectionRequest. */
                type $Shape = ecp.admin.v1.ChangeConnectionRequest.$Properties;

                /** Change enum. */
                enum Change {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** NORMAL value */
                    NORMAL = 1,

                    /** NOT_CONNECTED value */
                    NOT_CONNECTED = 2,

                    /** DISABLED value */
                    DISABLED = 3
                }
            }

            /**
             * Properties of a ChangeConnectionReply.
             * @deprecated Use ecp.admin.v1.ChangeConnectionReply.$Properties instead.
             */
            interface IChangeConnectionReply extends ecp.admin.v1.ChangeConnectionReply.$Properties {
            }

            /** Represents a ChangeConnectionReply. */
            class ChangeConnectionReply {

                /**
                 * Constructs a new ChangeConnectionReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ChangeConnectionReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ChangeConnectionReply message. Does not implicitly {@link ecp.admin.v1.ChangeConnectionReply.verify|verify} messages.
                 * @param message ChangeConnectionReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ChangeConnectionReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChangeConnectionReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ChangeConnectionReply & ecp.admin.v1.ChangeConnectionReply.$Shape} ChangeConnectionReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ChangeConnectionReply & ecp.admin.v1.ChangeConnectionReply.$Shape;
            }

            namespace ChangeConnectionReply {

                /** Properties of a ChangeConnectionReply. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChangeConnectionReply. */
                type $Shape = ecp.admin.v1.ChangeConnectionReply.$Properties;
            }

            /**
             * Properties of a CheckpointRequest.
             * @deprecated Use ecp.admin.v1.CheckpointRequest.$Properties instead.
             */
            interface ICheckpointRequest extends ecp.admin.v1.CheckpointRequest.$Properties {
            }

            /** Represents a CheckpointRequest. */
            class CheckpointRequest {

                /**
                 * Constructs a new CheckpointRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckpointRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified CheckpointRequest message. Does not implicitly {@link ecp.admin.v1.CheckpointRequest.verify|verify} messages.
                 * @param message CheckpointRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckpointRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckpointRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckpointRequest & ecp.admin.v1.CheckpointRequest.$Shape} CheckpointRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckpointRequest & ecp.admin.v1.CheckpointRequest.$Shape;
            }

            namespace CheckpointRequest {

                /** Properties of a CheckpointRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckpointRequest. */
                type $Shape = ecp.admin.v1.CheckpointRequest.$Properties;
            }

            /**
             * Properties of a CheckpointReply.
             * @deprecated Use ecp.admin.v1.CheckpointReply.$Properties instead.
             */
            interface ICheckpointReply extends ecp.admin.v1.CheckpointReply.$Properties {
            }

            /** Represents a CheckpointReply. */
            class CheckpointReply {

                /**
                 * Constructs a new CheckpointReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckpointReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified CheckpointReply message. Does not implicitly {@link ecp.admin.v1.CheckpointReply.verify|verify} messages.
                 * @param message CheckpointReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckpointReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckpointReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckpointReply & ecp.admin.v1.CheckpointReply.$Shape} CheckpointReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckpointReply & ecp.admin.v1.CheckpointReply.$Shape;
            }

            namespace CheckpointReply {

                /** Properties of a CheckpointReply. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckpointReply. */
                type $Shape = ecp.admin.v1.CheckpointReply.$Properties;
            }

            /**
             * Properties of a MakeBackupRequest.
             * @deprecated Use ecp.admin.v1.MakeBackupRequest.$Properties instead.
             */
            interface IMakeBackupRequest extends ecp.admin.v1.MakeBackupRequest.$Properties {
            }

            /** Represents a MakeBackupRequest. */
            class MakeBackupRequest {

                /**
                 * Constructs a new MakeBackupRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.MakeBackupRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MakeBackupRequest name. */
                name: string;

                /**
                 * Encodes the specified MakeBackupRequest message. Does not implicitly {@link ecp.admin.v1.MakeBackupRequest.verify|verify} messages.
                 * @param message MakeBackupRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.MakeBackupRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MakeBackupRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.MakeBackupRequest & ecp.admin.v1.MakeBackupRequest.$Shape} MakeBackupRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.MakeBackupRequest & ecp.admin.v1.MakeBackupRequest.$Shape;
            }

            namespace MakeBackupRequest {

                /** Properties of a MakeBackupRequest. */
                interface $Properties {

                    /** MakeBackupRequest name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MakeBackupRequest. */
                type $Shape = ecp.admin.v1.MakeBackupRequest.$Properties;
            }

            /**
             * Properties of a MakeBackupProgress.
             * @deprecated Use ecp.admin.v1.MakeBackupProgress.$Properties instead.
             */
            interface IMakeBackupProgress extends ecp.admin.v1.MakeBackupProgress.$Properties {
            }

            /** Represents a MakeBackupProgress. */
            class MakeBackupProgress {

                /**
                 * Constructs a new MakeBackupProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.MakeBackupProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MakeBackupProgress what. */
                what: string;

                /** MakeBackupProgress bytes. */
                bytes: number;

                /** MakeBackupProgress totalBytes. */
                totalBytes: number;

                /** MakeBackupProgress made. */
                made?: (ecp.admin.v1.Backup.$Properties|null);

                /**
                 * Encodes the specified MakeBackupProgress message. Does not implicitly {@link ecp.admin.v1.MakeBackupProgress.verify|verify} messages.
                 * @param message MakeBackupProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.MakeBackupProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MakeBackupProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.MakeBackupProgress & ecp.admin.v1.MakeBackupProgress.$Shape} MakeBackupProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.MakeBackupProgress & ecp.admin.v1.MakeBackupProgress.$Shape;
            }

            namespace MakeBackupProgress {

                /** Properties of a MakeBackupProgress. */
                interface $Properties {

                    /** MakeBackupProgress what */
                    what?: (string|null);

                    /** MakeBackupProgress bytes */
                    bytes?: (number|null);

                    /** MakeBackupProgress totalBytes */
                    totalBytes?: (number|null);

                    /** MakeBackupProgress made */
                    made?: (ecp.admin.v1.Backup.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MakeBackupProgress. */
                type $Shape = ecp.admin.v1.MakeBackupProgress.$Properties;
            }

            /**
             * Properties of a CheckIntegrityRequest.
             * @deprecated Use ecp.admin.v1.CheckIntegrityRequest.$Properties instead.
             */
            interface ICheckIntegrityRequest extends ecp.admin.v1.CheckIntegrityRequest.$Properties {
            }

            /** Represents a CheckIntegrityRequest. */
            class CheckIntegrityRequest {

                /**
                 * Constructs a new CheckIntegrityRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckIntegrityRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckIntegrityRequest database. */
                database: string;

                /**
                 * Encodes the specified CheckIntegrityRequest message. Does not implicitly {@link ecp.admin.v1.CheckIntegrityRequest.verify|verify} messages.
                 * @param message CheckIntegrityRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckIntegrityRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckIntegrityRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckIntegrityRequest & ecp.admin.v1.CheckIntegrityRequest.$Shape} CheckIntegrityRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckIntegrityRequest & ecp.admin.v1.CheckIntegrityRequest.$Shape;
            }

            namespace CheckIntegrityRequest {

                /** Properties of a CheckIntegrityRequest. */
                interface $Properties {

                    /** CheckIntegrityRequest database */
                    database?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckIntegrityRequest. */
                type $Shape = ecp.admin.v1.CheckIntegrityRequest.$Properties;
            }

            /**
             * Properties of a CheckIntegrityProgress.
             * @deprecated Use ecp.admin.v1.CheckIntegrityProgress.$Properties instead.
             */
            interface ICheckIntegrityProgress extends ecp.admin.v1.CheckIntegrityProgress.$Properties {
            }

            /** Represents a CheckIntegrityProgress. */
            class CheckIntegrityProgress {

                /**
                 * Constructs a new CheckIntegrityProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckIntegrityProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckIntegrityProgress bytes. */
                bytes: number;

                /** CheckIntegrityProgress totalBytes. */
                totalBytes: number;

                /** CheckIntegrityProgress report. */
                report?: (ecp.admin.v1.IntegrityReport.$Properties|null);

                /**
                 * Encodes the specified CheckIntegrityProgress message. Does not implicitly {@link ecp.admin.v1.CheckIntegrityProgress.verify|verify} messages.
                 * @param message CheckIntegrityProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckIntegrityProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckIntegrityProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckIntegrityProgress & ecp.admin.v1.CheckIntegrityProgress.$Shape} CheckIntegrityProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckIntegrityProgress & ecp.admin.v1.CheckIntegrityProgress.$Shape;
            }

            namespace CheckIntegrityProgress {

                /** Properties of a CheckIntegrityProgress. */
                interface $Properties {

                    /** CheckIntegrityProgress bytes */
                    bytes?: (number|null);

                    /** CheckIntegrityProgress totalBytes */
                    totalBytes?: (number|null);

                    /** CheckIntegrityProgress report */
                    report?: (ecp.admin.v1.IntegrityReport.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckIntegrityProgress. */
                type $Shape = ecp.admin.v1.CheckIntegrityProgress.$Properties;
            }

            /**
             * Properties of an IntegrityReport.
             * @deprecated Use ecp.admin.v1.IntegrityReport.$Properties instead.
             */
            interface IIntegrityReport extends ecp.admin.v1.IntegrityReport.$Properties {
            }

            /** Represents an IntegrityReport. */
            class IntegrityReport {

                /**
                 * Constructs a new IntegrityReport.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.IntegrityReport.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IntegrityReport findings. */
                findings: ecp.admin.v1.IntegrityFinding.$Properties[];

                /** IntegrityReport errors. */
                errors: number;

                /** IntegrityReport warnings. */
                warnings: number;

                /** IntegrityReport databases. */
                databases: ecp.admin.v1.CheckedDatabase.$Properties[];

                /** IntegrityReport journal. */
                journal?: (ecp.admin.v1.CheckedJournal.$Properties|null);

                /**
                 * Encodes the specified IntegrityReport message. Does not implicitly {@link ecp.admin.v1.IntegrityReport.verify|verify} messages.
                 * @param message IntegrityReport message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.IntegrityReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntegrityReport message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.IntegrityReport & ecp.admin.v1.IntegrityReport.$Shape} IntegrityReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.IntegrityReport & ecp.admin.v1.IntegrityReport.$Shape;
            }

            namespace IntegrityReport {

                /** Properties of an IntegrityReport. */
                interface $Properties {

                    /** IntegrityReport findings */
                    findings?: (ecp.admin.v1.IntegrityFinding.$Properties[]|null);

                    /** IntegrityReport errors */
                    errors?: (number|null);

                    /** IntegrityReport warnings */
                    warnings?: (number|null);

                    /** IntegrityReport databases */
                    databases?: (ecp.admin.v1.CheckedDatabase.$Properties[]|null);

                    /** IntegrityReport journal */
                    journal?: (ecp.admin.v1.CheckedJournal.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IntegrityReport. */
                type $Shape = ecp.admin.v1.IntegrityReport.$Properties;
            }

            /**
             * Properties of an IntegrityFinding.
             * @deprecated Use ecp.admin.v1.IntegrityFinding.$Properties instead.
             */
            interface IIntegrityFinding extends ecp.admin.v1.IntegrityFinding.$Properties {
            }

            /** Represents an IntegrityFinding. */
            class IntegrityFinding {

                /**
                 * Constructs a new IntegrityFinding.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.IntegrityFinding.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IntegrityFinding severity. */
                severity: string;

                /** IntegrityFinding place. */
                place: string;

                /** IntegrityFinding problem. */
                problem: string;

                /** IntegrityFinding consequence. */
                consequence: string;

                /**
                 * Encodes the specified IntegrityFinding message. Does not implicitly {@link ecp.admin.v1.IntegrityFinding.verify|verify} messages.
                 * @param message IntegrityFinding message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.IntegrityFinding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntegrityFinding message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.IntegrityFinding & ecp.admin.v1.IntegrityFinding.$Shape} IntegrityFinding
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.IntegrityFinding & ecp.admin.v1.IntegrityFinding.$Shape;
            }

            namespace IntegrityFinding {

                /** Properties of an IntegrityFinding. */
                interface $Properties {

                    /** IntegrityFinding severity */
                    severity?: (string|null);

                    /** IntegrityFinding place */
                    place?: (string|null);

                    /** IntegrityFinding problem */
                    problem?: (string|null);

                    /** IntegrityFinding consequence */
                    consequence?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IntegrityFinding. */
                type $Shape = ecp.admin.v1.IntegrityFinding.$Properties;
            }

            /**
             * Properties of a CheckedDatabase.
             * @deprecated Use ecp.admin.v1.CheckedDatabase.$Properties instead.
             */
            interface ICheckedDatabase extends ecp.admin.v1.CheckedDatabase.$Properties {
            }

            /** Represents a CheckedDatabase. */
            class CheckedDatabase {

                /**
                 * Constructs a new CheckedDatabase.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckedDatabase.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckedDatabase name. */
                name: string;

                /** CheckedDatabase blocks. */
                blocks: number;

                /** CheckedDatabase nodes. */
                nodes: number;

                /** CheckedDatabase blockBytes. */
                blockBytes: number;

                /** CheckedDatabase capacityBytes. */
                capacityBytes: number;

                /** CheckedDatabase longValues. */
                longValues: number;

                /** CheckedDatabase longBytes. */
                longBytes: number;

                /** CheckedDatabase unchecked. */
                unchecked: number;

                /**
                 * Encodes the specified CheckedDatabase message. Does not implicitly {@link ecp.admin.v1.CheckedDatabase.verify|verify} messages.
                 * @param message CheckedDatabase message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckedDatabase.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckedDatabase message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckedDatabase & ecp.admin.v1.CheckedDatabase.$Shape} CheckedDatabase
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckedDatabase & ecp.admin.v1.CheckedDatabase.$Shape;
            }

            namespace CheckedDatabase {

                /** Properties of a CheckedDatabase. */
                interface $Properties {

                    /** CheckedDatabase name */
                    name?: (string|null);

                    /** CheckedDatabase blocks */
                    blocks?: (number|null);

                    /** CheckedDatabase nodes */
                    nodes?: (number|null);

                    /** CheckedDatabase blockBytes */
                    blockBytes?: (number|null);

                    /** CheckedDatabase capacityBytes */
                    capacityBytes?: (number|null);

                    /** CheckedDatabase longValues */
                    longValues?: (number|null);

                    /** CheckedDatabase longBytes */
                    longBytes?: (number|null);

                    /** CheckedDatabase unchecked */
                    unchecked?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckedDatabase. */
                type $Shape = ecp.admin.v1.CheckedDatabase.$Properties;
            }

            /**
             * Properties of a CheckedJournal.
             * @deprecated Use ecp.admin.v1.CheckedJournal.$Properties instead.
             */
            interface ICheckedJournal extends ecp.admin.v1.CheckedJournal.$Properties {
            }

            /** Represents a CheckedJournal. */
            class CheckedJournal {

                /**
                 * Constructs a new CheckedJournal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CheckedJournal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckedJournal segments. */
                segments: number;

                /** CheckedJournal records. */
                records: number;

                /** CheckedJournal bytes. */
                bytes: number;

                /** CheckedJournal openTransactions. */
                openTransactions: number;

                /**
                 * Encodes the specified CheckedJournal message. Does not implicitly {@link ecp.admin.v1.CheckedJournal.verify|verify} messages.
                 * @param message CheckedJournal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CheckedJournal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckedJournal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckedJournal & ecp.admin.v1.CheckedJournal.$Shape} CheckedJournal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CheckedJournal & ecp.admin.v1.CheckedJournal.$Shape;
            }

            namespace CheckedJournal {

                /** Properties of a CheckedJournal. */
                interface $Properties {

                    /** CheckedJournal segments */
                    segments?: (number|null);

                    /** CheckedJournal records */
                    records?: (number|null);

                    /** CheckedJournal bytes */
                    bytes?: (number|null);

                    /** CheckedJournal openTransactions */
                    openTransactions?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckedJournal. */
                type $Shape = ecp.admin.v1.CheckedJournal.$Properties;
            }

            /**
             * Properties of a CompactRequest.
             * @deprecated Use ecp.admin.v1.CompactRequest.$Properties instead.
             */
            interface ICompactRequest extends ecp.admin.v1.CompactRequest.$Properties {
            }

            /** Represents a CompactRequest. */
            class CompactRequest {

                /**
                 * Constructs a new CompactRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CompactRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CompactRequest database. */
                database: string;

                /**
                 * Encodes the specified CompactRequest message. Does not implicitly {@link ecp.admin.v1.CompactRequest.verify|verify} messages.
                 * @param message CompactRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CompactRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CompactRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CompactRequest & ecp.admin.v1.CompactRequest.$Shape} CompactRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CompactRequest & ecp.admin.v1.CompactRequest.$Shape;
            }

            namespace CompactRequest {

                /** Properties of a CompactRequest. */
                interface $Properties {

                    /** CompactRequest database */
                    database?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CompactRequest. */
                type $Shape = ecp.admin.v1.CompactRequest.$Properties;
            }

            /**
             * Properties of a CompactProgress.
             * @deprecated Use ecp.admin.v1.CompactProgress.$Properties instead.
             */
            interface ICompactProgress extends ecp.admin.v1.CompactProgress.$Properties {
            }

            /** Represents a CompactProgress. */
            class CompactProgress {

                /**
                 * Constructs a new CompactProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.CompactProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CompactProgress blocks. */
                blocks: number;

                /** CompactProgress merged. */
                merged: number;

                /** CompactProgress done. */
                done: boolean;

                /**
                 * Encodes the specified CompactProgress message. Does not implicitly {@link ecp.admin.v1.CompactProgress.verify|verify} messages.
                 * @param message CompactProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.CompactProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CompactProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CompactProgress & ecp.admin.v1.CompactProgress.$Shape} CompactProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.CompactProgress & ecp.admin.v1.CompactProgress.$Shape;
            }

            namespace CompactProgress {

                /** Properties of a CompactProgress. */
                interface $Properties {

                    /** CompactProgress blocks */
                    blocks?: (number|null);

                    /** CompactProgress merged */
                    merged?: (number|null);

                    /** CompactProgress done */
                    done?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CompactProgress. */
                type $Shape = ecp.admin.v1.CompactProgress.$Properties;
            }

            /**
             * Properties of a ListBackupsRequest.
             * @deprecated Use ecp.admin.v1.ListBackupsRequest.$Properties instead.
             */
            interface IListBackupsRequest extends ecp.admin.v1.ListBackupsRequest.$Properties {
            }

            /** Represents a ListBackupsRequest. */
            class ListBackupsRequest {

                /**
                 * Constructs a new ListBackupsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListBackupsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ListBackupsRequest message. Does not implicitly {@link ecp.admin.v1.ListBackupsRequest.verify|verify} messages.
                 * @param message ListBackupsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListBackupsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListBackupsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListBackupsRequest & ecp.admin.v1.ListBackupsRequest.$Shape} ListBackupsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListBackupsRequest & ecp.admin.v1.ListBackupsRequest.$Shape;
            }

            namespace ListBackupsRequest {

                /** Properties of a ListBackupsRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListBackupsRequest. */
                type $Shape = ecp.admin.v1.ListBackupsRequest.$Properties;
            }

            /**
             * Properties of a ListBackupsReply.
             * @deprecated Use ecp.admin.v1.ListBackupsReply.$Properties instead.
             */
            interface IListBackupsReply extends ecp.admin.v1.ListBackupsReply.$Properties {
            }

            /** Represents a ListBackupsReply. */
            class ListBackupsReply {

                /**
                 * Constructs a new ListBackupsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListBackupsReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListBackupsReply folder. */
                folder: string;

                /** ListBackupsReply backups. */
                backups: ecp.admin.v1.Backup.$Properties[];

                /**
                 * Encodes the specified ListBackupsReply message. Does not implicitly {@link ecp.admin.v1.ListBackupsReply.verify|verify} messages.
                 * @param message ListBackupsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListBackupsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListBackupsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListBackupsReply & ecp.admin.v1.ListBackupsReply.$Shape} ListBackupsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListBackupsReply & ecp.admin.v1.ListBackupsReply.$Shape;
            }

            namespace ListBackupsReply {

                /** Properties of a ListBackupsReply. */
                interface $Properties {

                    /** ListBackupsReply folder */
                    folder?: (string|null);

                    /** ListBackupsReply backups */
                    backups?: (ecp.admin.v1.Backup.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListBackupsReply. */
                type $Shape = ecp.admin.v1.ListBackupsReply.$Properties;
            }

            /**
             * Properties of a Backup.
             * @deprecated Use ecp.admin.v1.Backup.$Properties instead.
             */
            interface IBackup extends ecp.admin.v1.Backup.$Properties {
            }

            /** Represents a Backup. */
            class Backup {

                /**
                 * Constructs a new Backup.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Backup.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Backup name. */
                name: string;

                /** Backup problem. */
                problem: string;

                /** Backup begunMs. */
                begunMs: number;

                /** Backup endedMs. */
                endedMs: number;

                /** Backup position. */
                position: number;

                /** Backup from. */
                from: number;

                /** Backup bytes. */
                bytes: number;

                /** Backup databases. */
                databases: string[];

                /** Backup instance. */
                instance: string;

                /** Backup productVersion. */
                productVersion: string;

                /**
                 * Encodes the specified Backup message. Does not implicitly {@link ecp.admin.v1.Backup.verify|verify} messages.
                 * @param message Backup message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Backup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Backup message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Backup & ecp.admin.v1.Backup.$Shape} Backup
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Backup & ecp.admin.v1.Backup.$Shape;
            }

            namespace Backup {

                /** Properties of a Backup. */
                interface $Properties {

                    /** Backup name */
                    name?: (string|null);

                    /** Backup problem */
                    problem?: (string|null);

                    /** Backup begunMs */
                    begunMs?: (number|null);

                    /** Backup endedMs */
                    endedMs?: (number|null);

                    /** Backup position */
                    position?: (number|null);

                    /** Backup from */
                    from?: (number|null);

                    /** Backup bytes */
                    bytes?: (number|null);

                    /** Backup databases */
                    databases?: (string[]|null);

                    /** Backup instance */
                    instance?: (string|null);

                    /** Backup productVersion */
                    productVersion?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Backup. */
                type $Shape = ecp.admin.v1.Backup.$Properties;
            }

            /**
             * Properties of a ListTransactionsRequest.
             * @deprecated Use ecp.admin.v1.ListTransactionsRequest.$Properties instead.
             */
            interface IListTransactionsRequest extends ecp.admin.v1.ListTransactionsRequest.$Properties {
            }

            /** Represents a ListTransactionsRequest. */
            class ListTransactionsRequest {

                /**
                 * Constructs a new ListTransactionsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListTransactionsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ListTransactionsRequest message. Does not implicitly {@link ecp.admin.v1.ListTransactionsRequest.verify|verify} messages.
                 * @param message ListTransactionsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListTransactionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListTransactionsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListTransactionsRequest & ecp.admin.v1.ListTransactionsRequest.$Shape} ListTransactionsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListTransactionsRequest & ecp.admin.v1.ListTransactionsRequest.$Shape;
            }

            namespace ListTransactionsRequest {

                /** Properties of a ListTransactionsRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListTransactionsRequest. */
                type $Shape = ecp.admin.v1.ListTransactionsRequest.$Properties;
            }

            /**
             * Properties of a ListTransactionsReply.
             * @deprecated Use ecp.admin.v1.ListTransactionsReply.$Properties instead.
             */
            interface IListTransactionsReply extends ecp.admin.v1.ListTransactionsReply.$Properties {
            }

            /** Represents a ListTransactionsReply. */
            class ListTransactionsReply {

                /**
                 * Constructs a new ListTransactionsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListTransactionsReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListTransactionsReply transactions. */
                transactions: ecp.admin.v1.Transaction.$Properties[];

                /** ListTransactionsReply journalPosition. */
                journalPosition: number;

                /**
                 * Encodes the specified ListTransactionsReply message. Does not implicitly {@link ecp.admin.v1.ListTransactionsReply.verify|verify} messages.
                 * @param message ListTransactionsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListTransactionsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListTransactionsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListTransactionsReply & ecp.admin.v1.ListTransactionsReply.$Shape} ListTransactionsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListTransactionsReply & ecp.admin.v1.ListTransactionsReply.$Shape;
            }

            namespace ListTransactionsReply {

                /** Properties of a ListTransactionsReply. */
                interface $Properties {

                    /** ListTransactionsReply transactions */
                    transactions?: (ecp.admin.v1.Transaction.$Properties[]|null);

                    /** ListTransactionsReply journalPosition */
                    journalPosition?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListTransactionsReply. */
                type $Shape = ecp.admin.v1.ListTransactionsReply.$Properties;
            }

            /**
             * Properties of a Transaction.
             * @deprecated Use ecp.admin.v1.Transaction.$Properties instead.
             */
            interface ITransaction extends ecp.admin.v1.Transaction.$Properties {
            }

            /** Represents a Transaction. */
            class Transaction {

                /**
                 * Constructs a new Transaction.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.Transaction.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Transaction number. */
                number: number;

                /** Transaction ageMs. */
                ageMs: number;

                /** Transaction job. */
                job: number;

                /** Transaction appServer. */
                appServer: string;

                /** Transaction level. */
                level: number;

                /** Transaction databases. */
                databases: string[];

                /** Transaction firstPosition. */
                firstPosition: number;

                /** Transaction pinnedBytes. */
                pinnedBytes: number;

                /** Transaction waitsFor. */
                waitsFor: string;

                /**
                 * Encodes the specified Transaction message. Does not implicitly {@link ecp.admin.v1.Transaction.verify|verify} messages.
                 * @param message Transaction message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.Transaction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Transaction message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Transaction & ecp.admin.v1.Transaction.$Shape} Transaction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.Transaction & ecp.admin.v1.Transaction.$Shape;
            }

            namespace Transaction {

                /** Properties of a Transaction. */
                interface $Properties {

                    /** Transaction number */
                    number?: (number|null);

                    /** Transaction ageMs */
                    ageMs?: (number|null);

                    /** Transaction job */
                    job?: (number|null);

                    /** Transaction appServer */
                    appServer?: (string|null);

                    /** Transaction level */
                    level?: (number|null);

                    /** Transaction databases */
                    databases?: (string[]|null);

                    /** Transaction firstPosition */
                    firstPosition?: (number|null);

                    /** Transaction pinnedBytes */
                    pinnedBytes?: (number|null);

                    /** Transaction waitsFor */
                    waitsFor?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Transaction. */
                type $Shape = ecp.admin.v1.Transaction.$Properties;
            }

            /**
             * Properties of a RollBackTransactionRequest.
             * @deprecated Use ecp.admin.v1.RollBackTransactionRequest.$Properties instead.
             */
            interface IRollBackTransactionRequest extends ecp.admin.v1.RollBackTransactionRequest.$Properties {
            }

            /** Represents a RollBackTransactionRequest. */
            class RollBackTransactionRequest {

                /**
                 * Constructs a new RollBackTransactionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.RollBackTransactionRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RollBackTransactionRequest number. */
                number: number;

                /**
                 * Encodes the specified RollBackTransactionRequest message. Does not implicitly {@link ecp.admin.v1.RollBackTransactionRequest.verify|verify} messages.
                 * @param message RollBackTransactionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.RollBackTransactionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RollBackTransactionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RollBackTransactionRequest & ecp.admin.v1.RollBackTransactionRequest.$Shape} RollBackTransactionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.RollBackTransactionRequest & ecp.admin.v1.RollBackTransactionRequest.$Shape;
            }

            namespace RollBackTransactionRequest {

                /** Properties of a RollBackTransactionRequest. */
                interface $Properties {

                    /** RollBackTransactionRequest number */
                    number?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RollBackTransactionRequest. */
                type $Shape = ecp.admin.v1.RollBackTransactionRequest.$Properties;
            }

            /**
             * Properties of a RollBackTransactionReply.
             * @deprecated Use ecp.admin.v1.RollBackTransactionReply.$Properties instead.
             */
            interface IRollBackTransactionReply extends ecp.admin.v1.RollBackTransactionReply.$Properties {
            }

            /** Represents a RollBackTransactionReply. */
            class RollBackTransactionReply {

                /**
                 * Constructs a new RollBackTransactionReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.RollBackTransactionReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified RollBackTransactionReply message. Does not implicitly {@link ecp.admin.v1.RollBackTransactionReply.verify|verify} messages.
                 * @param message RollBackTransactionReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.RollBackTransactionReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RollBackTransactionReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RollBackTransactionReply & ecp.admin.v1.RollBackTransactionReply.$Shape} RollBackTransactionReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.RollBackTransactionReply & ecp.admin.v1.RollBackTransactionReply.$Shape;
            }

            namespace RollBackTransactionReply {

                /** Properties of a RollBackTransactionReply. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RollBackTransactionReply. */
                type $Shape = ecp.admin.v1.RollBackTransactionReply.$Properties;
            }

            /**
             * Properties of a LockJob.
             * @deprecated Use ecp.admin.v1.LockJob.$Properties instead.
             */
            interface ILockJob extends ecp.admin.v1.LockJob.$Properties {
            }

            /** Represents a LockJob. */
            class LockJob {

                /**
                 * Constructs a new LockJob.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.LockJob.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LockJob job. */
                job: number;

                /** LockJob appServer. */
                appServer: string;

                /**
                 * Encodes the specified LockJob message. Does not implicitly {@link ecp.admin.v1.LockJob.verify|verify} messages.
                 * @param message LockJob message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.LockJob.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LockJob message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockJob & ecp.admin.v1.LockJob.$Shape} LockJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.LockJob & ecp.admin.v1.LockJob.$Shape;
            }

            namespace LockJob {

                /** Properties of a LockJob. */
                interface $Properties {

                    /** LockJob job */
                    job?: (number|null);

                    /** LockJob appServer */
                    appServer?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LockJob. */
                type $Shape = ecp.admin.v1.LockJob.$Properties;
            }

            /**
             * Properties of a ListLocksRequest.
             * @deprecated Use ecp.admin.v1.ListLocksRequest.$Properties instead.
             */
            interface IListLocksRequest extends ecp.admin.v1.ListLocksRequest.$Properties {
            }

            /** Represents a ListLocksRequest. */
            class ListLocksRequest {

                /**
                 * Constructs a new ListLocksRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListLocksRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListLocksRequest limit. */
                limit: number;

                /** ListLocksRequest after. */
                after?: (ecp.admin.v1.LockCursor.$Properties|null);

                /**
                 * Encodes the specified ListLocksRequest message. Does not implicitly {@link ecp.admin.v1.ListLocksRequest.verify|verify} messages.
                 * @param message ListLocksRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListLocksRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListLocksRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLocksRequest & ecp.admin.v1.ListLocksRequest.$Shape} ListLocksRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListLocksRequest & ecp.admin.v1.ListLocksRequest.$Shape;
            }

            namespace ListLocksRequest {

                /** Properties of a ListLocksRequest. */
                interface $Properties {

                    /** ListLocksRequest limit */
                    limit?: (number|null);

                    /** ListLocksRequest after */
                    after?: (ecp.admin.v1.LockCursor.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListLocksRequest. */
                type $Shape = ecp.admin.v1.ListLocksRequest.$Properties;
            }

            /**
             * Properties of a LockCursor.
             * @deprecated Use ecp.admin.v1.LockCursor.$Properties instead.
             */
            interface ILockCursor extends ecp.admin.v1.LockCursor.$Properties {
            }

            /** Represents a LockCursor. */
            class LockCursor {

                /**
                 * Constructs a new LockCursor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.LockCursor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LockCursor job. */
                job?: (ecp.admin.v1.LockJob.$Properties|null);

                /** LockCursor listed. */
                listed: number;

                /**
                 * Encodes the specified LockCursor message. Does not implicitly {@link ecp.admin.v1.LockCursor.verify|verify} messages.
                 * @param message LockCursor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.LockCursor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LockCursor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockCursor & ecp.admin.v1.LockCursor.$Shape} LockCursor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.LockCursor & ecp.admin.v1.LockCursor.$Shape;
            }

            namespace LockCursor {

                /** Properties of a LockCursor. */
                interface $Properties {

                    /** LockCursor job */
                    job?: (ecp.admin.v1.LockJob.$Properties|null);

                    /** LockCursor listed */
                    listed?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LockCursor. */
                type $Shape = ecp.admin.v1.LockCursor.$Properties;
            }

            /**
             * Properties of a ListLocksReply.
             * @deprecated Use ecp.admin.v1.ListLocksReply.$Properties instead.
             */
            interface IListLocksReply extends ecp.admin.v1.ListLocksReply.$Properties {
            }

            /** Represents a ListLocksReply. */
            class ListLocksReply {

                /**
                 * Constructs a new ListLocksReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListLocksReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListLocksReply locks. */
                locks: ecp.admin.v1.HeldLock.$Properties[];

                /** ListLocksReply next. */
                next?: (ecp.admin.v1.LockCursor.$Properties|null);

                /** ListLocksReply held. */
                held: number;

                /** ListLocksReply waiting. */
                waiting: number;

                /** ListLocksReply limit. */
                limit: number;

                /** ListLocksReply appServerLimit. */
                appServerLimit: number;

                /**
                 * Encodes the specified ListLocksReply message. Does not implicitly {@link ecp.admin.v1.ListLocksReply.verify|verify} messages.
                 * @param message ListLocksReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListLocksReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListLocksReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLocksReply & ecp.admin.v1.ListLocksReply.$Shape} ListLocksReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListLocksReply & ecp.admin.v1.ListLocksReply.$Shape;
            }

            namespace ListLocksReply {

                /** Properties of a ListLocksReply. */
                interface $Properties {

                    /** ListLocksReply locks */
                    locks?: (ecp.admin.v1.HeldLock.$Properties[]|null);

                    /** ListLocksReply next */
                    next?: (ecp.admin.v1.LockCursor.$Properties|null);

                    /** ListLocksReply held */
                    held?: (number|null);

                    /** ListLocksReply waiting */
                    waiting?: (number|null);

                    /** ListLocksReply limit */
                    limit?: (number|null);

                    /** ListLocksReply appServerLimit */
                    appServerLimit?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListLocksReply. */
                type $Shape = ecp.admin.v1.ListLocksReply.$Properties;
            }

            /**
             * Properties of a HeldLock.
             * @deprecated Use ecp.admin.v1.HeldLock.$Properties instead.
             */
            interface IHeldLock extends ecp.admin.v1.HeldLock.$Properties {
            }

            /** Represents a HeldLock. */
            class HeldLock {

                /**
                 * Constructs a new HeldLock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.HeldLock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HeldLock owner. */
                owner?: (ecp.admin.v1.LockJob.$Properties|null);

                /** HeldLock name. */
                name?: (ecp.admin.v1.LockName.$Properties|null);

                /** HeldLock exclusive. */
                exclusive: number;

                /** HeldLock shared. */
                shared: number;

                /** HeldLock escalated. */
                escalated: number;

                /** HeldLock ageMs. */
                ageMs: number;

                /**
                 * Encodes the specified HeldLock message. Does not implicitly {@link ecp.admin.v1.HeldLock.verify|verify} messages.
                 * @param message HeldLock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.HeldLock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeldLock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.HeldLock & ecp.admin.v1.HeldLock.$Shape} HeldLock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.HeldLock & ecp.admin.v1.HeldLock.$Shape;
            }

            namespace HeldLock {

                /** Properties of a HeldLock. */
                interface $Properties {

                    /** HeldLock owner */
                    owner?: (ecp.admin.v1.LockJob.$Properties|null);

                    /** HeldLock name */
                    name?: (ecp.admin.v1.LockName.$Properties|null);

                    /** HeldLock exclusive */
                    exclusive?: (number|null);

                    /** HeldLock shared */
                    shared?: (number|null);

                    /** HeldLock escalated */
                    escalated?: (number|null);

                    /** HeldLock ageMs */
                    ageMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HeldLock. */
                type $Shape = ecp.admin.v1.HeldLock.$Properties;
            }

            /**
             * Properties of a LockName.
             * @deprecated Use ecp.admin.v1.LockName.$Properties instead.
             */
            interface ILockName extends ecp.admin.v1.LockName.$Properties {
            }

            /** Represents a LockName. */
            class LockName {

                /**
                 * Constructs a new LockName.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.LockName.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LockName database. */
                database: string;

                /** LockName reference. */
                reference: string;

                /** LockName shared. */
                shared: boolean;

                /**
                 * Encodes the specified LockName message. Does not implicitly {@link ecp.admin.v1.LockName.verify|verify} messages.
                 * @param message LockName message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.LockName.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LockName message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockName & ecp.admin.v1.LockName.$Shape} LockName
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.LockName & ecp.admin.v1.LockName.$Shape;
            }

            namespace LockName {

                /** Properties of a LockName. */
                interface $Properties {

                    /** LockName database */
                    database?: (string|null);

                    /** LockName reference */
                    reference?: (string|null);

                    /** LockName shared */
                    shared?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LockName. */
                type $Shape = ecp.admin.v1.LockName.$Properties;
            }

            /**
             * Properties of a ListLockWaitsRequest.
             * @deprecated Use ecp.admin.v1.ListLockWaitsRequest.$Properties instead.
             */
            interface IListLockWaitsRequest extends ecp.admin.v1.ListLockWaitsRequest.$Properties {
            }

            /** Represents a ListLockWaitsRequest. */
            class ListLockWaitsRequest {

                /**
                 * Constructs a new ListLockWaitsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListLockWaitsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListLockWaitsRequest limit. */
                limit: number;

                /** ListLockWaitsRequest after. */
                after: number;

                /**
                 * Encodes the specified ListLockWaitsRequest message. Does not implicitly {@link ecp.admin.v1.ListLockWaitsRequest.verify|verify} messages.
                 * @param message ListLockWaitsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListLockWaitsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListLockWaitsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLockWaitsRequest & ecp.admin.v1.ListLockWaitsRequest.$Shape} ListLockWaitsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListLockWaitsRequest & ecp.admin.v1.ListLockWaitsRequest.$Shape;
            }

            namespace ListLockWaitsRequest {

                /** Properties of a ListLockWaitsRequest. */
                interface $Properties {

                    /** ListLockWaitsRequest limit */
                    limit?: (number|null);

                    /** ListLockWaitsRequest after */
                    after?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListLockWaitsRequest. */
                type $Shape = ecp.admin.v1.ListLockWaitsRequest.$Properties;
            }

            /**
             * Properties of a ListLockWaitsReply.
             * @deprecated Use ecp.admin.v1.ListLockWaitsReply.$Properties instead.
             */
            interface IListLockWaitsReply extends ecp.admin.v1.ListLockWaitsReply.$Properties {
            }

            /** Represents a ListLockWaitsReply. */
            class ListLockWaitsReply {

                /**
                 * Constructs a new ListLockWaitsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.ListLockWaitsReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListLockWaitsReply waits. */
                waits: ecp.admin.v1.LockWait.$Properties[];

                /** ListLockWaitsReply more. */
                more: boolean;

                /**
                 * Encodes the specified ListLockWaitsReply message. Does not implicitly {@link ecp.admin.v1.ListLockWaitsReply.verify|verify} messages.
                 * @param message ListLockWaitsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.ListLockWaitsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListLockWaitsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLockWaitsReply & ecp.admin.v1.ListLockWaitsReply.$Shape} ListLockWaitsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.ListLockWaitsReply & ecp.admin.v1.ListLockWaitsReply.$Shape;
            }

            namespace ListLockWaitsReply {

                /** Properties of a ListLockWaitsReply. */
                interface $Properties {

                    /** ListLockWaitsReply waits */
                    waits?: (ecp.admin.v1.LockWait.$Properties[]|null);

                    /** ListLockWaitsReply more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListLockWaitsReply. */
                type $Shape = ecp.admin.v1.ListLockWaitsReply.$Properties;
            }

            /**
             * Properties of a LockWait.
             * @deprecated Use ecp.admin.v1.LockWait.$Properties instead.
             */
            interface ILockWait extends ecp.admin.v1.LockWait.$Properties {
            }

            /** Represents a LockWait. */
            class LockWait {

                /**
                 * Constructs a new LockWait.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.LockWait.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LockWait number. */
                number: number;

                /** LockWait owner. */
                owner?: (ecp.admin.v1.LockJob.$Properties|null);

                /** LockWait names. */
                names: ecp.admin.v1.LockName.$Properties[];

                /** LockWait ageMs. */
                ageMs: number;

                /** LockWait waitsFor. */
                waitsFor: ecp.admin.v1.LockJob.$Properties[];

                /** LockWait waitsForCount. */
                waitsForCount: number;

                /** LockWait circle. */
                circle: ecp.admin.v1.LockJob.$Properties[];

                /**
                 * Encodes the specified LockWait message. Does not implicitly {@link ecp.admin.v1.LockWait.verify|verify} messages.
                 * @param message LockWait message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.LockWait.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LockWait message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockWait & ecp.admin.v1.LockWait.$Shape} LockWait
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.LockWait & ecp.admin.v1.LockWait.$Shape;
            }

            namespace LockWait {

                /** Properties of a LockWait. */
                interface $Properties {

                    /** LockWait number */
                    number?: (number|null);

                    /** LockWait owner */
                    owner?: (ecp.admin.v1.LockJob.$Properties|null);

                    /** LockWait names */
                    names?: (ecp.admin.v1.LockName.$Properties[]|null);

                    /** LockWait ageMs */
                    ageMs?: (number|null);

                    /** LockWait waitsFor */
                    waitsFor?: (ecp.admin.v1.LockJob.$Properties[]|null);

                    /** LockWait waitsForCount */
                    waitsForCount?: (number|null);

                    /** LockWait circle */
                    circle?: (ecp.admin.v1.LockJob.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LockWait. */
                type $Shape = ecp.admin.v1.LockWait.$Properties;
            }

            /**
             * Properties of a RemoveLocksRequest.
             * @deprecated Use ecp.admin.v1.RemoveLocksRequest.$Properties instead.
             */
            interface IRemoveLocksRequest extends ecp.admin.v1.RemoveLocksRequest.$Properties {
            }

            /** Represents a RemoveLocksRequest. */
            class RemoveLocksRequest {

                /**
                 * Constructs a new RemoveLocksRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.RemoveLocksRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemoveLocksRequest appServer. */
                appServer: string;

                /** RemoveLocksRequest job. */
                job: number;

                /**
                 * Encodes the specified RemoveLocksRequest message. Does not implicitly {@link ecp.admin.v1.RemoveLocksRequest.verify|verify} messages.
                 * @param message RemoveLocksRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.RemoveLocksRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemoveLocksRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RemoveLocksRequest & ecp.admin.v1.RemoveLocksRequest.$Shape} RemoveLocksRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.RemoveLocksRequest & ecp.admin.v1.RemoveLocksRequest.$Shape;
            }

            namespace RemoveLocksRequest {

                /** Properties of a RemoveLocksRequest. */
                interface $Properties {

                    /** RemoveLocksRequest appServer */
                    appServer?: (string|null);

                    /** RemoveLocksRequest job */
                    job?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemoveLocksRequest. */
                type $Shape = ecp.admin.v1.RemoveLocksRequest.$Properties;
            }

            /**
             * Properties of a RemoveLocksReply.
             * @deprecated Use ecp.admin.v1.RemoveLocksReply.$Properties instead.
             */
            interface IRemoveLocksReply extends ecp.admin.v1.RemoveLocksReply.$Properties {
            }

            /** Represents a RemoveLocksReply. */
            class RemoveLocksReply {

                /**
                 * Constructs a new RemoveLocksReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.admin.v1.RemoveLocksReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemoveLocksReply jobs. */
                jobs: number;

                /**
                 * Encodes the specified RemoveLocksReply message. Does not implicitly {@link ecp.admin.v1.RemoveLocksReply.verify|verify} messages.
                 * @param message RemoveLocksReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.admin.v1.RemoveLocksReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemoveLocksReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RemoveLocksReply & ecp.admin.v1.RemoveLocksReply.$Shape} RemoveLocksReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.admin.v1.RemoveLocksReply & ecp.admin.v1.RemoveLocksReply.$Shape;
            }

            namespace RemoveLocksReply {

                /** Properties of a RemoveLocksReply. */
                interface $Properties {

                    /** RemoveLocksReply jobs */
                    jobs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemoveLocksReply. */
                type $Shape = ecp.admin.v1.RemoveLocksReply.$Properties;
            }
        }
    }
}
