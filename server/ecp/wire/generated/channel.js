/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["channel"] || ($protobuf.roots["channel"] = {});

export const ecp = $root.ecp = (() => {

    /**
     * Namespace ecp.
     * @exports ecp
     * @namespace
     */
    const ecp = {};

    ecp.channel = (function() {

        /**
         * Namespace channel.
         * @memberof ecp
         * @namespace
         */
        const channel = {};

        channel.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof ecp.channel
             * @namespace
             */
            const v1 = {};

            v1.ChannelMessage = (function() {

                /**
                 * Properties of a ChannelMessage.
                 * @typedef {Object} ecp.channel.v1.ChannelMessage.$Properties
                 * @property {ecp.channel.v1.Hello.$Properties|null} [hello] ChannelMessage hello
                 * @property {ecp.channel.v1.Welcome.$Properties|null} [welcome] ChannelMessage welcome
                 * @property {ecp.channel.v1.Refused.$Properties|null} [refused] ChannelMessage refused
                 * @property {Uint8Array|null} [frame] ChannelMessage frame
                 * @property {ecp.channel.v1.Goodbye.$Properties|null} [goodbye] ChannelMessage goodbye
                 * @property {"hello"|"welcome"|"refused"|"frame"|"goodbye"} [kind] ChannelMessage kind
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ChannelMessage.
                 * @memberof ecp.channel.v1
                 * @interface IChannelMessage
                 * @augments ecp.channel.v1.ChannelMessage.$Properties
                 * @deprecated Use ecp.channel.v1.ChannelMessage.$Properties instead.
                 */

                /**
                 * Narrowed shape of a ChannelMessage.
                 * @typedef {{
                 *   hello?: ecp.channel.v1.Hello.$Shape|null;
                 *   welcome?: ecp.channel.v1.Welcome.$Shape|null;
                 *   refused?: ecp.channel.v1.Refused.$Shape|null;
                 *   frame?: Uint8Array|null;
                 *   goodbye?: ecp.channel.v1.Goodbye.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ kind?: undefined; hello?: null; welcome?: null; refused?: null; frame?: null; goodbye?: null }|{ kind?: "hello"; hello: ecp.channel.v1.Hello.$Shape; welcome?: null; refused?: null; frame?: null; goodbye?: null }|{ kind?: "welcome"; hello?: null; welcome: ecp.channel.v1.Welcome.$Shape; refused?: null; frame?: null; goodbye?: null }|{ kind?: "refused"; hello?: null; welcome?: null; refused: ecp.channel.v1.Refused.$Shape; frame?: null; goodbye?: null }|{ kind?: "frame"; hello?: null; welcome?: null; refused?: null; frame: Uint8Array; goodbye?: null }|{ kind?: "goodbye"; hello?: null; welcome?: null; refused?: null; frame?: null; goodbye: ecp.channel.v1.Goodbye.$Shape })
                 * )} ecp.channel.v1.ChannelMessage.$Shape
                 */

                /**
                 * Constructs a new ChannelMessage.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a ChannelMessage.
                 * @constructor
                 * @param {ecp.channel.v1.ChannelMessage.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ChannelMessage = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ChannelMessage hello.
                 * @member {ecp.channel.v1.Hello.$Properties|null|undefined} hello
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                ChannelMessage.prototype.hello = null;

                /**
                 * ChannelMessage welcome.
                 * @member {ecp.channel.v1.Welcome.$Properties|null|undefined} welcome
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                ChannelMessage.prototype.welcome = null;

                /**
                 * ChannelMessage refused.
                 * @member {ecp.channel.v1.Refused.$Properties|null|undefined} refused
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                ChannelMessage.prototype.refused = null;

                /**
                 * ChannelMessage frame.
                 * @member {Uint8Array|null|undefined} frame
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                ChannelMessage.prototype.frame = null;

                /**
                 * ChannelMessage goodbye.
                 * @member {ecp.channel.v1.Goodbye.$Properties|null|undefined} goodbye
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                ChannelMessage.prototype.goodbye = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * ChannelMessage kind.
                 * @member {"hello"|"welcome"|"refused"|"frame"|"goodbye"|undefined} kind
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @instance
                 */
                $Object.defineProperty(ChannelMessage.prototype, "kind", {
                    get: $util.oneOfGetter($oneOfFields = ["hello", "welcome", "refused", "frame", "goodbye"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified ChannelMessage message. Does not implicitly {@link ecp.channel.v1.ChannelMessage.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @static
                 * @param {ecp.channel.v1.ChannelMessage.$Properties} message ChannelMessage message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ChannelMessage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.ecp.channel.v1.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                        $root.ecp.channel.v1.Welcome.encode(message.welcome, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                        $root.ecp.channel.v1.Refused.encode(message.refused, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.frame != null && $Object.hasOwnProperty.call(message, "frame"))
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.frame);
                    if (message.goodbye != null && $Object.hasOwnProperty.call(message, "goodbye"))
                        $root.ecp.channel.v1.Goodbye.encode(message.goodbye, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ChannelMessage message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.ChannelMessage
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.ChannelMessage & ecp.channel.v1.ChannelMessage.$Shape} ChannelMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ChannelMessage.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.ChannelMessage();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.ecp.channel.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.kind = "hello";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.welcome = $root.ecp.channel.v1.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                                message.kind = "welcome";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.refused = $root.ecp.channel.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                                message.kind = "refused";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.frame = reader.bytes();
                                message.kind = "frame";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.goodbye = $root.ecp.channel.v1.Goodbye.decode(reader, reader.size(), $undefined, _depth + 1, message.goodbye);
                                message.kind = "goodbye";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ChannelMessage;
            })();

            v1.Hello = (function() {

                /**
                 * Properties of a Hello.
                 * @typedef {Object} ecp.channel.v1.Hello.$Properties
                 * @property {number|null} [versionLowest] Hello versionLowest
                 * @property {number|null} [versionHighest] Hello versionHighest
                 * @property {Array.<string>|null} [features] Hello features
                 * @property {string|null} [name] Hello name
                 * @property {string|null} [incarnation] Hello incarnation
                 * @property {number|null} [session] Hello session
                 * @property {number|null} [epoch] Hello epoch
                 * @property {string|null} [serverUuid] Hello serverUuid
                 * @property {number|null} [durable] Hello durable
                 * @property {Array.<ecp.channel.v1.CacheShare.$Properties>|null} [caches] Hello caches
                 * @property {string|null} [productVersion] Hello productVersion
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Hello.
                 * @memberof ecp.channel.v1
                 * @interface IHello
                 * @augments ecp.channel.v1.Hello.$Properties
                 * @deprecated Use ecp.channel.v1.Hello.$Properties instead.
                 */

                /**
                 * Shape of a Hello.
                 * @typedef {ecp.channel.v1.Hello.$Properties} ecp.channel.v1.Hello.$Shape
                 */

                /**
                 * Constructs a new Hello.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a Hello.
                 * @constructor
                 * @param {ecp.channel.v1.Hello.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Hello = function (properties) {
                    this.features = [];
                    this.caches = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Hello versionLowest.
                 * @member {number} versionLowest
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.versionLowest = 0;

                /**
                 * Hello versionHighest.
                 * @member {number} versionHighest
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.versionHighest = 0;

                /**
                 * Hello features.
                 * @member {Array.<string>} features
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.features = $util.emptyArray;

                /**
                 * Hello name.
                 * @member {string} name
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.name = "";

                /**
                 * Hello incarnation.
                 * @member {string} incarnation
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.incarnation = "";

                /**
                 * Hello session.
                 * @member {number} session
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.session = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Hello epoch.
                 * @member {number} epoch
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Hello serverUuid.
                 * @member {string} serverUuid
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.serverUuid = "";

                /**
                 * Hello durable.
                 * @member {number} durable
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.durable = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Hello caches.
                 * @member {Array.<ecp.channel.v1.CacheShare.$Properties>} caches
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.caches = $util.emptyArray;

                /**
                 * Hello productVersion.
                 * @member {string} productVersion
                 * @memberof ecp.channel.v1.Hello
                 * @instance
                 */
                Hello.prototype.productVersion = "";

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link ecp.channel.v1.Hello.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.Hello
                 * @static
                 * @param {ecp.channel.v1.Hello.$Properties} message Hello message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.versionLowest != null && $Object.hasOwnProperty.call(message, "versionLowest") && message.versionLowest !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.versionLowest);
                    if (message.versionHighest != null && $Object.hasOwnProperty.call(message, "versionHighest") && message.versionHighest !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.versionHighest);
                    if (message.features != null && message.features.length)
                        for (let i = 0; i < message.features.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.features[i]);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.name);
                    if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.incarnation);
                    if (message.session != null && $Object.hasOwnProperty.call(message, "session") && (typeof message.session === "object" ? message.session.low || message.session.high : message.session !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.session);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.epoch);
                    if (message.serverUuid != null && $Object.hasOwnProperty.call(message, "serverUuid") && message.serverUuid !== "")
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.serverUuid);
                    if (message.durable != null && $Object.hasOwnProperty.call(message, "durable") && (typeof message.durable === "object" ? message.durable.low || message.durable.high : message.durable !== 0))
                        writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.durable);
                    if (message.caches != null && message.caches.length)
                        for (let i = 0; i < message.caches.length; ++i)
                            $root.ecp.channel.v1.CacheShare.encode(message.caches[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.productVersion != null && $Object.hasOwnProperty.call(message, "productVersion") && message.productVersion !== "")
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.productVersion);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.Hello
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Hello & ecp.channel.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Hello.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.Hello();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.versionLowest = value;
                                else
                                    delete message.versionLowest;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.versionHighest = value;
                                else
                                    delete message.versionHighest;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.features && message.features.length))
                                    message.features = [];
                                message.features.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.incarnation = value;
                                else
                                    delete message.incarnation;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.session = value;
                                else
                                    delete message.session;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serverUuid = value;
                                else
                                    delete message.serverUuid;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.durable = value;
                                else
                                    delete message.durable;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.caches && message.caches.length))
                                    message.caches = [];
                                message.caches.push($root.ecp.channel.v1.CacheShare.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.productVersion = value;
                                else
                                    delete message.productVersion;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Hello;
            })();

            v1.CacheShare = (function() {

                /**
                 * Properties of a CacheShare.
                 * @typedef {Object} ecp.channel.v1.CacheShare.$Properties
                 * @property {number|null} [blockSize] CacheShare blockSize
                 * @property {number|null} [bytes] CacheShare bytes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CacheShare.
                 * @memberof ecp.channel.v1
                 * @interface ICacheShare
                 * @augments ecp.channel.v1.CacheShare.$Properties
                 * @deprecated Use ecp.channel.v1.CacheShare.$Properties instead.
                 */

                /**
                 * Shape of a CacheShare.
                 * @typedef {ecp.channel.v1.CacheShare.$Properties} ecp.channel.v1.CacheShare.$Shape
                 */

                /**
                 * Constructs a new CacheShare.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a CacheShare.
                 * @constructor
                 * @param {ecp.channel.v1.CacheShare.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CacheShare = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CacheShare blockSize.
                 * @member {number} blockSize
                 * @memberof ecp.channel.v1.CacheShare
                 * @instance
                 */
                CacheShare.prototype.blockSize = 0;

                /**
                 * CacheShare bytes.
                 * @member {number} bytes
                 * @memberof ecp.channel.v1.CacheShare
                 * @instance
                 */
                CacheShare.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified CacheShare message. Does not implicitly {@link ecp.channel.v1.CacheShare.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.CacheShare
                 * @static
                 * @param {ecp.channel.v1.CacheShare.$Properties} message CacheShare message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CacheShare.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.blockSize != null && $Object.hasOwnProperty.call(message, "blockSize") && message.blockSize !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.blockSize);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.bytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CacheShare message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.CacheShare
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.CacheShare & ecp.channel.v1.CacheShare.$Shape} CacheShare
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CacheShare.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.CacheShare();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.blockSize = value;
                                else
                                    delete message.blockSize;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CacheShare;
            })();

            v1.Welcome = (function() {

                /**
                 * Properties of a Welcome.
                 * @typedef {Object} ecp.channel.v1.Welcome.$Properties
                 * @property {number|null} [version] Welcome version
                 * @property {Array.<string>|null} [features] Welcome features
                 * @property {string|null} [serverName] Welcome serverName
                 * @property {string|null} [serverUuid] Welcome serverUuid
                 * @property {number|null} [session] Welcome session
                 * @property {number|null} [epoch] Welcome epoch
                 * @property {boolean|null} [resumed] Welcome resumed
                 * @property {number|null} [lastApplied] Welcome lastApplied
                 * @property {Array.<ecp.channel.v1.CatalogueEntry.$Properties>|null} [catalogue] Welcome catalogue
                 * @property {string|null} [productVersion] Welcome productVersion
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Welcome.
                 * @memberof ecp.channel.v1
                 * @interface IWelcome
                 * @augments ecp.channel.v1.Welcome.$Properties
                 * @deprecated Use ecp.channel.v1.Welcome.$Properties instead.
                 */

                /**
                 * Shape of a Welcome.
                 * @typedef {ecp.channel.v1.Welcome.$Properties} ecp.channel.v1.Welcome.$Shape
                 */

                /**
                 * Constructs a new Welcome.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a Welcome.
                 * @constructor
                 * @param {ecp.channel.v1.Welcome.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Welcome = function (properties) {
                    this.features = [];
                    this.catalogue = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Welcome version.
                 * @member {number} version
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.version = 0;

                /**
                 * Welcome features.
                 * @member {Array.<string>} features
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.features = $util.emptyArray;

                /**
                 * Welcome serverName.
                 * @member {string} serverName
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.serverName = "";

                /**
                 * Welcome serverUuid.
                 * @member {string} serverUuid
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.serverUuid = "";

                /**
                 * Welcome session.
                 * @member {number} session
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.session = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Welcome epoch.
                 * @member {number} epoch
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Welcome resumed.
                 * @member {boolean} resumed
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.resumed = false;

                /**
                 * Welcome lastApplied.
                 * @member {number} lastApplied
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.lastApplied = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Welcome catalogue.
                 * @member {Array.<ecp.channel.v1.CatalogueEntry.$Properties>} catalogue
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.catalogue = $util.emptyArray;

                /**
                 * Welcome productVersion.
                 * @member {string} productVersion
                 * @memberof ecp.channel.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.productVersion = "";

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link ecp.channel.v1.Welcome.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.Welcome
                 * @static
                 * @param {ecp.channel.v1.Welcome.$Properties} message Welcome message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Welcome.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                    if (message.features != null && message.features.length)
                        for (let i = 0; i < message.features.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.features[i]);
                    if (message.serverName != null && $Object.hasOwnProperty.call(message, "serverName") && message.serverName !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.serverName);
                    if (message.serverUuid != null && $Object.hasOwnProperty.call(message, "serverUuid") && message.serverUuid !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.serverUuid);
                    if (message.session != null && $Object.hasOwnProperty.call(message, "session") && (typeof message.session === "object" ? message.session.low || message.session.high : message.session !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.session);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.epoch);
                    if (message.resumed != null && $Object.hasOwnProperty.call(message, "resumed") && message.resumed !== false)
                        writer.uint32(/* id 7, wireType 0 =*/56).bool(message.resumed);
                    if (message.lastApplied != null && $Object.hasOwnProperty.call(message, "lastApplied") && (typeof message.lastApplied === "object" ? message.lastApplied.low || message.lastApplied.high : message.lastApplied !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.lastApplied);
                    if (message.catalogue != null && message.catalogue.length)
                        for (let i = 0; i < message.catalogue.length; ++i)
                            $root.ecp.channel.v1.CatalogueEntry.encode(message.catalogue[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.productVersion != null && $Object.hasOwnProperty.call(message, "productVersion") && message.productVersion !== "")
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.productVersion);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.Welcome
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Welcome & ecp.channel.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Welcome.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.Welcome();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.features && message.features.length))
                                    message.features = [];
                                message.features.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serverName = value;
                                else
                                    delete message.serverName;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serverUuid = value;
                                else
                                    delete message.serverUuid;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.session = value;
                                else
                                    delete message.session;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.resumed = value;
                                else
                                    delete message.resumed;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastApplied = value;
                                else
                                    delete message.lastApplied;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.catalogue && message.catalogue.length))
                                    message.catalogue = [];
                                message.catalogue.push($root.ecp.channel.v1.CatalogueEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.productVersion = value;
                                else
                                    delete message.productVersion;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Welcome;
            })();

            v1.CatalogueEntry = (function() {

                /**
                 * Properties of a CatalogueEntry.
                 * @typedef {Object} ecp.channel.v1.CatalogueEntry.$Properties
                 * @property {number|null} [number] CatalogueEntry number
                 * @property {string|null} [name] CatalogueEntry name
                 * @property {string|null} [uuid] CatalogueEntry uuid
                 * @property {number|null} [blockSize] CatalogueEntry blockSize
                 * @property {boolean|null} [readOnly] CatalogueEntry readOnly
                 * @property {string|null} [resource] CatalogueEntry resource
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CatalogueEntry.
                 * @memberof ecp.channel.v1
                 * @interface ICatalogueEntry
                 * @augments ecp.channel.v1.CatalogueEntry.$Properties
                 * @deprecated Use ecp.channel.v1.CatalogueEntry.$Properties instead.
                 */

                /**
                 * Shape of a CatalogueEntry.
                 * @typedef {ecp.channel.v1.CatalogueEntry.$Properties} ecp.channel.v1.CatalogueEntry.$Shape
                 */

                /**
                 * Constructs a new CatalogueEntry.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a CatalogueEntry.
                 * @constructor
                 * @param {ecp.channel.v1.CatalogueEntry.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CatalogueEntry = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CatalogueEntry number.
                 * @member {number} number
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.number = 0;

                /**
                 * CatalogueEntry name.
                 * @member {string} name
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.name = "";

                /**
                 * CatalogueEntry uuid.
                 * @member {string} uuid
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.uuid = "";

                /**
                 * CatalogueEntry blockSize.
                 * @member {number} blockSize
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.blockSize = 0;

                /**
                 * CatalogueEntry readOnly.
                 * @member {boolean} readOnly
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.readOnly = false;

                /**
                 * CatalogueEntry resource.
                 * @member {string} resource
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @instance
                 */
                CatalogueEntry.prototype.resource = "";

                /**
                 * Encodes the specified CatalogueEntry message. Does not implicitly {@link ecp.channel.v1.CatalogueEntry.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @static
                 * @param {ecp.channel.v1.CatalogueEntry.$Properties} message CatalogueEntry message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CatalogueEntry.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                    if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid") && message.uuid !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.uuid);
                    if (message.blockSize != null && $Object.hasOwnProperty.call(message, "blockSize") && message.blockSize !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.blockSize);
                    if (message.readOnly != null && $Object.hasOwnProperty.call(message, "readOnly") && message.readOnly !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.readOnly);
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource") && message.resource !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.resource);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CatalogueEntry message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.CatalogueEntry
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.CatalogueEntry & ecp.channel.v1.CatalogueEntry.$Shape} CatalogueEntry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CatalogueEntry.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.CatalogueEntry();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uuid = value;
                                else
                                    delete message.uuid;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.blockSize = value;
                                else
                                    delete message.blockSize;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.readOnly = value;
                                else
                                    delete message.readOnly;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.resource = value;
                                else
                                    delete message.resource;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CatalogueEntry;
            })();

            v1.Refused = (function() {

                /**
                 * Properties of a Refused.
                 * @typedef {Object} ecp.channel.v1.Refused.$Properties
                 * @property {ecp.channel.v1.Refused.Reason|null} [reason] Refused reason
                 * @property {string|null} [message] Refused message
                 * @property {boolean|null} [retryable] Refused retryable
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Refused.
                 * @memberof ecp.channel.v1
                 * @interface IRefused
                 * @augments ecp.channel.v1.Refused.$Properties
                 * @deprecated Use ecp.channel.v1.Refused.$Properties instead.
                 */

                /**
                 * Shape of a Refused.
                 * @typedef {ecp.channel.v1.Refused.$Properties} ecp.channel.v1.Refused.$Shape
                 */

                /**
                 * Constructs a new Refused.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a Refused.
                 * @constructor
                 * @param {ecp.channel.v1.Refused.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Refused = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Refused reason.
                 * @member {ecp.channel.v1.Refused.Reason} reason
                 * @memberof ecp.channel.v1.Refused
                 * @instance
                 */
                Refused.prototype.reason = 0;

                /**
                 * Refused message.
                 * @member {string} message
                 * @memberof ecp.channel.v1.Refused
                 * @instance
                 */
                Refused.prototype.message = "";

                /**
                 * Refused retryable.
                 * @member {boolean} retryable
                 * @memberof ecp.channel.v1.Refused
                 * @instance
                 */
                Refused.prototype.retryable = false;

                /**
                 * Encodes the specified Refused message. Does not implicitly {@link ecp.channel.v1.Refused.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.Refused
                 * @static
                 * @param {ecp.channel.v1.Refused.$Properties} message Refused message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Refused.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                    if (message.retryable != null && $Object.hasOwnProperty.call(message, "retryable") && message.retryable !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.retryable);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Refused message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.Refused
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Refused & ecp.channel.v1.Refused.$Shape} Refused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Refused.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.Refused();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.retryable = value;
                                else
                                    delete message.retryable;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Reason enum.
                 * @name ecp.channel.v1.Refused.Reason
                 * @enum {number}
                 * @property {number} UNSPECIFIED=0 UNSPECIFIED value
                 * @property {number} NOT_ALLOWED=1 NOT_ALLOWED value
                 * @property {number} CAPACITY=2 CAPACITY value
                 * @property {number} VERSION=3 VERSION value
                 * @property {number} NAME_IN_USE=4 NAME_IN_USE value
                 * @property {number} SERVICE_DISABLED=5 SERVICE_DISABLED value
                 * @property {number} SUPERSEDED=6 SUPERSEDED value
                 * @property {number} PROTOCOL=7 PROTOCOL value
                 * @property {number} DATA_LOST=8 DATA_LOST value
                 * @property {number} SHUTTING_DOWN=9 SHUTTING_DOWN value
                 * @property {number} FROZEN=10 FROZEN value
                 */
                Refused.Reason = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "UNSPECIFIED"] = 0;
                    values[valuesById[1] = "NOT_ALLOWED"] = 1;
                    values[valuesById[2] = "CAPACITY"] = 2;
                    values[valuesById[3] = "VERSION"] = 3;
                    values[valuesById[4] = "NAME_IN_USE"] = 4;
                    values[valuesById[5] = "SERVICE_DISABLED"] = 5;
                    values[valuesById[6] = "SUPERSEDED"] = 6;
                    values[valuesById[7] = "PROTOCOL"] = 7;
                    values[valuesById[8] = "DATA_LOST"] = 8;
                    values[valuesById[9] = "SHUTTING_DOWN"] = 9;
                    values[valuesById[10] = "FROZEN"] = 10;
                    return values;
                })();

                return Refused;
            })();

            v1.Goodbye = (function() {

                /**
                 * Properties of a Goodbye.
                 * @typedef {Object} ecp.channel.v1.Goodbye.$Properties
                 * @property {string|null} [reason] Goodbye reason
                 * @property {boolean|null} [sessionKept] Goodbye sessionKept
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Goodbye.
                 * @memberof ecp.channel.v1
                 * @interface IGoodbye
                 * @augments ecp.channel.v1.Goodbye.$Properties
                 * @deprecated Use ecp.channel.v1.Goodbye.$Properties instead.
                 */

                /**
                 * Shape of a Goodbye.
                 * @typedef {ecp.channel.v1.Goodbye.$Properties} ecp.channel.v1.Goodbye.$Shape
                 */

                /**
                 * Constructs a new Goodbye.
                 * @memberof ecp.channel.v1
                 * @classdesc Represents a Goodbye.
                 * @constructor
                 * @param {ecp.channel.v1.Goodbye.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Goodbye = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Goodbye reason.
                 * @member {string} reason
                 * @memberof ecp.channel.v1.Goodbye
                 * @instance
                 */
                Goodbye.prototype.reason = "";

                /**
                 * Goodbye sessionKept.
                 * @member {boolean} sessionKept
                 * @memberof ecp.channel.v1.Goodbye
                 * @instance
                 */
                Goodbye.prototype.sessionKept = false;

                /**
                 * Encodes the specified Goodbye message. Does not implicitly {@link ecp.channel.v1.Goodbye.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.channel.v1.Goodbye
                 * @static
                 * @param {ecp.channel.v1.Goodbye.$Properties} message Goodbye message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Goodbye.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                    if (message.sessionKept != null && $Object.hasOwnProperty.call(message, "sessionKept") && message.sessionKept !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.sessionKept);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Goodbye message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.channel.v1.Goodbye
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.channel.v1.Goodbye & ecp.channel.v1.Goodbye.$Shape} Goodbye
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Goodbye.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.ecp.channel.v1.Goodbye();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.sessionKept = value;
                                else
                                    delete message.sessionKept;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Goodbye;
            })();

            return v1;
        })();

        return channel;
    })();

    return ecp;
})();

export {
  $root as default
};
