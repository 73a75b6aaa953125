import * as $protobuf from "protobufjs/minimal.js";

/** Namespace ecp. */
export namespace ecp {

    /** Namespace channel. */
    namespace channel {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a ChannelMessage.
             * @deprecated Use ecp.channel.v1.ChannelMessage.$Properties instead.
             */
            interface IChannelMessage extends ecp.channel.v1.ChannelMessage.$Properties {
            }

            /** Represents a ChannelMessage. */
            class ChannelMessage {

                /**
                 * Constructs a new ChannelMessage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.ChannelMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChannelMessage hello. */
                hello?: (ecp.channel.v1.Hello.$Properties|null);

                /** ChannelMessage welcome. */
                welcome?: (ecp.channel.v1.Welcome.$Properties|null);

                /** ChannelMessage refused. */
                refused?: (ecp.channel.v1.Refused.$Properties|null);

                /** ChannelMessage frame. */
                frame?: (Uint8Array|null);

                /** ChannelMessage goodbye. */
                goodbye?: (ecp.channel.v1.Goodbye.$Properties|null);

                /** ChannelMessage kind. */
                kind?: ("hello"|"welcome"|"refused"|"frame"|"goodbye");

                /**
                 * Encodes the specified ChannelMessage message. Does not implicitly {@link ecp.channel.v1.ChannelMessage.verify|verify} messages.
                 * @param message ChannelMessage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.ChannelMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChannelMessage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.ChannelMessage & ecp.channel.v1.ChannelMessage.$Shape} ChannelMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.ChannelMessage & ecp.channel.v1.ChannelMessage.$Shape;
            }

            namespace ChannelMessage {

                /** Properties of a ChannelMessage. */
                interface $Properties {

                    /** ChannelMessage hello */
                    hello?: (ecp.channel.v1.Hello.$Properties|null);

                    /** ChannelMessage welcome */
                    welcome?: (ecp.channel.v1.Welcome.$Properties|null);

                    /** ChannelMessage refused */
                    refused?: (ecp.channel.v1.Refused.$Properties|null);

                    /** ChannelMessage frame */
                    frame?: (Uint8Array|null);

                    /** ChannelMessage goodbye */
                    goodbye?: (ecp.channel.v1.Goodbye.$Properties|null);

                    /** ChannelMessage kind */
                    kind?: ("hello"|"welcome"|"refused"|"frame"|"goodbye");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ChannelMessage. */
                type $Shape = {
                  hello?: ecp.channel.v1.Hello.$Shape|null;
                  welcome?: ecp.channel.v1.Welcome.$Shape|null;
                  refused?: ecp.channel.v1.Refused.$Shape|null;
                  frame?: Uint8Array|null;
                  goodbye?: ecp.channel.v1.Goodbye.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ kind?: undefined; hello?: null; welcome?: null; refused?: null; frame?: null; goodbye?: null }|{ kind?: "hello"; hello: ecp.channel.v1.Hello.$Shape; welcome?: null; refused?: null; frame?: null; goodbye?: null }|{ kind?: "welcome"; hello?: null; welcome: ecp.channel.v1.Welcome.$Shape; refused?: null; frame?: null; goodbye?: null }|{ kind?: "refused"; hello?: null; welcome?: null; refused: ecp.channel.v1.Refused.$Shape; frame?: null; goodbye?: null }|{ kind?: "frame"; hello?: null; welcome?: null; refused?: null; frame: Uint8Array; goodbye?: null }|{ kind?: "goodbye"; hello?: null; welcome?: null; refused?: null; frame?: null; goodbye: ecp.channel.v1.Goodbye.$Shape })
                );
            }

            /**
             * Properties of a Hello.
             * @deprecated Use ecp.channel.v1.Hello.$Properties instead.
             */
            interface IHello extends ecp.channel.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello versionLowest. */
                versionLowest: number;

                /** Hello versionHighest. */
                versionHighest: number;

                /** Hello features. */
                features: string[];

                /** Hello name. */
                name: string;

                /** Hello incarnation. */
                incarnation: string;

                /** Hello session. */
                session: number;

                /** Hello epoch. */
                epoch: number;

                /** Hello serverUuid. */
                serverUuid: string;

                /** Hello durable. */
                durable: number;

                /** Hello caches. */
                caches: ecp.channel.v1.CacheShare.$Properties[];

                /** Hello productVersion. */
                productVersion: string;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link ecp.channel.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Hello & ecp.channel.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.Hello & ecp.channel.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello versionLowest */
                    versionLowest?: (number|null);

                    /** Hello versionHighest */
                    versionHighest?: (number|null);

                    /** Hello features */
                    features?: (string[]|null);

                    /** Hello name */
                    name?: (string|null);

                    /** Hello incarnation */
                    incarnation?: (string|null);

                    /** Hello session */
                    session?: (number|null);

                    /** Hello epoch */
                    epoch?: (number|null);

                    /** Hello serverUuid */
                    serverUuid?: (string|null);

                    /** Hello durable */
                    durable?: (number|null);

                    /** Hello caches */
                    caches?: (ecp.channel.v1.CacheShare.$Properties[]|null);

                    /** Hello productVersion */
                    productVersion?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = ecp.channel.v1.Hello.$Properties;
            }

            /**
             * Properties of a CacheShare.
             * @deprecated Use ecp.channel.v1.CacheShare.$Properties instead.
             */
            interface ICacheShare extends ecp.channel.v1.CacheShare.$Properties {
            }

            /** Represents a CacheShare. */
            class CacheShare {

                /**
                 * Constructs a new CacheShare.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.CacheShare.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CacheShare blockSize. */
                blockSize: number;

                /** CacheShare bytes. */
                bytes: number;

                /**
                 * Encodes the specified CacheShare message. Does not implicitly {@link ecp.channel.v1.CacheShare.verify|verify} messages.
                 * @param message CacheShare message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.CacheShare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CacheShare message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.CacheShare & ecp.channel.v1.CacheShare.$Shape} CacheShare
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.CacheShare & ecp.channel.v1.CacheShare.$Shape;
            }

            namespace CacheShare {

                /** Properties of a CacheShare. */
                interface $Properties {

                    /** CacheShare blockSize */
                    blockSize?: (number|null);

                    /** CacheShare bytes */
                    bytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CacheShare. */
                type $Shape = ecp.channel.v1.CacheShare.$Properties;
            }

            /**
             * Properties of a Welcome.
             * @deprecated Use ecp.channel.v1.Welcome.$Properties instead.
             */
            interface IWelcome extends ecp.channel.v1.Welcome.$Properties {
            }

            /** Represents a Welcome. */
            class Welcome {

                /**
                 * Constructs a new Welcome.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.Welcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Welcome version. */
                version: number;

                /** Welcome features. */
                features: string[];

                /** Welcome serverName. */
                serverName: string;

                /** Welcome serverUuid. */
                serverUuid: string;

                /** Welcome session. */
                session: number;

                /** Welcome epoch. */
                epoch: number;

                /** Welcome resumed. */
                resumed: boolean;

                /** Welcome lastApplied. */
                lastApplied: number;

                /** Welcome catalogue. */
                catalogue: ecp.channel.v1.CatalogueEntry.$Properties[];

                /** Welcome productVersion. */
                productVersion: string;

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link ecp.channel.v1.Welcome.verify|verify} messages.
                 * @param message Welcome message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Welcome & ecp.channel.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.Welcome & ecp.channel.v1.Welcome.$Shape;
            }

            namespace Welcome {

                /** Properties of a Welcome. */
                interface $Properties {

                    /** Welcome version */
                    version?: (number|null);

                    /** Welcome features */
                    features?: (string[]|null);

                    /** Welcome serverName */
                    serverName?: (string|null);

                    /** Welcome serverUuid */
                    serverUuid?: (string|null);

                    /** Welcome session */
                    session?: (number|null);

                    /** Welcome epoch */
                    epoch?: (number|null);

                    /** Welcome resumed */
                    resumed?: (boolean|null);

                    /** Welcome lastApplied */
                    lastApplied?: (number|null);

                    /** Welcome catalogue */
                    catalogue?: (ecp.channel.v1.CatalogueEntry.$Properties[]|null);

                    /** Welcome productVersion */
                    productVersion?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Welcome. */
                type $Shape = ecp.channel.v1.Welcome.$Properties;
            }

            /**
             * Properties of a CatalogueEntry.
             * @deprecated Use ecp.channel.v1.CatalogueEntry.$Properties instead.
             */
            interface ICatalogueEntry extends ecp.channel.v1.CatalogueEntry.$Properties {
            }

            /** Represents a CatalogueEntry. */
            class CatalogueEntry {

                /**
                 * Constructs a new CatalogueEntry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.CatalogueEntry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CatalogueEntry number. */
                number: number;

                /** CatalogueEntry name. */
                name: string;

                /** CatalogueEntry uuid. */
                uuid: string;

                /** CatalogueEntry blockSize. */
                blockSize: number;

                /** CatalogueEntry readOnly. */
                readOnly: boolean;

                /** CatalogueEntry resource. */
                resource: string;

                /**
                 * Encodes the specified CatalogueEntry message. Does not implicitly {@link ecp.channel.v1.CatalogueEntry.verify|verify} messages.
                 * @param message CatalogueEntry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.CatalogueEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CatalogueEntry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.CatalogueEntry & ecp.channel.v1.CatalogueEntry.$Shape} CatalogueEntry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.CatalogueEntry & ecp.channel.v1.CatalogueEntry.$Shape;
            }

            namespace CatalogueEntry {

                /** Properties of a CatalogueEntry. */
                interface $Properties {

                    /** CatalogueEntry number */
                    number?: (number|null);

                    /** CatalogueEntry name */
                    name?: (string|null);

                    /** CatalogueEntry uuid */
                    uuid?: (string|null);

                    /** CatalogueEntry blockSize */
                    blockSize?: (number|null);

                    /** CatalogueEntry readOnly */
                    readOnly?: (boolean|null);

                    /** CatalogueEntry resource */
                    resource?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CatalogueEntry. */
                type $Shape = ecp.channel.v1.CatalogueEntry.$Properties;
            }

            /**
             * Properties of a Refused.
             * @deprecated Use ecp.channel.v1.Refused.$Properties instead.
             */
            interface IRefused extends ecp.channel.v1.Refused.$Properties {
            }

            /** Represents a Refused. */
            class Refused {

                /**
                 * Constructs a new Refused.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.Refused.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Refused reason. */
                reason: ecp.channel.v1.Refused.Reason;

                /** Refused message. */
                message: string;

                /** Refused retryable. */
                retryable: boolean;

                /**
                 * Encodes the specified Refused message. Does not implicitly {@link ecp.channel.v1.Refused.verify|verify} messages.
                 * @param message Refused message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Refused message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Refused & ecp.channel.v1.Refused.$Shape} Refused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.Refused & ecp.channel.v1.Refused.$Shape;
            }

            namespace Refused {

                /** Properties of a Refused. */
                interface $Properties {

                    /** Refused reason */
                    reason?: (ecp.channel.v1.Refused.Reason|null);

                    /** Refused message */
                    message?: (string|null);

                    /** Refused retryable */
                    retryable?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Refused. */
                type $Shape = ecp.channel.v1.Refused.$Properties;

                /** Reason enum. */
                enum Reason {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** NOT_ALLOWED value */
                    NOT_ALLOWED = 1,

                    /** CAPACITY value */
                    CAPACITY = 2,

                    /** VERSION value */
                    VERSION = 3,

                    /** NAME_IN_USE value */
                    NAME_IN_USE = 4,

                    /** SERVICE_DISABLED value */
                    SERVICE_DISABLED = 5,

                    /** SUPERSEDED value */
                    SUPERSEDED = 6,

                    /** PROTOCOL value */
                    PROTOCOL = 7,

                    /** DATA_LOST value */
                    DATA_LOST = 8,

                    /** SHUTTING_DOWN value */
                    SHUTTING_DOWN = 9,

                    /** FROZEN value */
                    FROZEN = 10
                }
            }

            /**
             * Properties of a Goodbye.
             * @deprecated Use ecp.channel.v1.Goodbye.$Properties instead.
             */
            interface IGoodbye extends ecp.channel.v1.Goodbye.$Properties {
            }

            /** Represents a Goodbye. */
            class Goodbye {

                /**
                 * Constructs a new Goodbye.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: ecp.channel.v1.Goodbye.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Goodbye reason. */
                reason: string;

                /** Goodbye sessionKept. */
                sessionKept: boolean;

                /**
                 * Encodes the specified Goodbye message. Does not implicitly {@link ecp.channel.v1.Goodbye.verify|verify} messages.
                 * @param message Goodbye message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: ecp.channel.v1.Goodbye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Goodbye message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Goodbye & ecp.channel.v1.Goodbye.$Shape} Goodbye
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ecp.channel.v1.Goodbye & ecp.channel.v1.Goodbye.$Shape;
            }

            namespace Goodbye {

                /** Properties of a Goodbye. */
                interface $Properties {

                    /** Goodbye reason */
                    reason?: (string|null);

                    /** Goodbye sessionKept */
                    sessionKept?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Goodbye. */
                type $Shape = ecp.channel.v1.Goodbye.$Properties;
            }
        }
    }
}
