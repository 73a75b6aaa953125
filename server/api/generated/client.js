/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["client"] || ($protobuf.roots["client"] = {});

export const ecp = $root.ecp = (() => {

    /**
     * Namespace ecp.
     * @exports ecp
     * @namespace
     */
    const ecp = {};

    ecp.client = (function() {

        /**
         * Namespace client.
         * @memberof ecp
         * @namespace
         */
        const client = {};

        client.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof ecp.client
             * @namespace
             */
            const v1 = {};

            v1.ClientMessage = (function() {

                /**
                 * Properties of a ClientMessage.
                 * @typedef {Object} ecp.client.v1.ClientMessage.$Properties
                 * @property {Array.<ecp.client.v1.Operation.$Properties>|null} [operations] ClientMessage operations
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ClientMessage.
                 * @memberof ecp.client.v1
                 * @interface IClientMessage
                 * @augments ecp.client.v1.ClientMessage.$Properties
                 * @deprecated Use ecp.client.v1.ClientMessage.$Properties instead.
                 */

                /**
                 * Shape of a ClientMessage.
                 * @typedef {{
                 *   operations?: Array.<ecp.client.v1.Operation.$Shape>|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * }} ecp.client.v1.ClientMessage.$Shape
                 */

                /**
                 * Constructs a new ClientMessage.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a ClientMessage.
                 * @constructor
                 * @param {ecp.client.v1.ClientMessage.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ClientMessage = function (properties) {
                    this.operations = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ClientMessage operations.
                 * @member {Array.<ecp.client.v1.Operation.$Properties>} operations
                 * @memberof ecp.client.v1.ClientMessage
                 * @instance
                 */
                ClientMessage.prototype.operations = $util.emptyArray;

                /**
                 * Encodes the specified ClientMessage message. Does not implicitly {@link ecp.client.v1.ClientMessage.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.ClientMessage
                 * @static
                 * @param {ecp.client.v1.ClientMessage.$Properties} message ClientMessage message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ClientMessage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.operations != null && message.operations.length)
                        for (let i = 0; i < message.operations.length; ++i)
                            $root.ecp.client.v1.Operation.encode(message.operations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ClientMessage message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.ClientMessage
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.ClientMessage & ecp.client.v1.ClientMessage.$Shape} ClientMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ClientMessage.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.ClientMessage();
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
                                if (!(message.operations && message.operations.length))
                                    message.operations = [];
                                message.operations.push($root.ecp.client.v1.Operation.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ClientMessage;
            })();

            v1.ServerMessage = (function() {

                /**
                 * Properties of a ServerMessage.
                 * @typedef {Object} ecp.client.v1.ServerMessage.$Properties
                 * @property {Array.<ecp.client.v1.Reply.$Properties>|null} [replies] ServerMessage replies
                 * @property {Array.<ecp.client.v1.Event.$Properties>|null} [events] ServerMessage events
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ServerMessage.
                 * @memberof ecp.client.v1
                 * @interface IServerMessage
                 * @augments ecp.client.v1.ServerMessage.$Properties
                 * @deprecated Use ecp.client.v1.ServerMessage.$Properties instead.
                 */

                /**
                 * Shape of a ServerMessage.
                 * @typedef {{
                 *   replies?: Array.<ecp.client.v1.Reply.$Shape>|null;
                 *   events?: Array.<ecp.client.v1.Event.$Shape>|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * }} ecp.client.v1.ServerMessage.$Shape
                 */

                /**
                 * Constructs a new ServerMessage.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a ServerMessage.
                 * @constructor
                 * @param {ecp.client.v1.ServerMessage.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ServerMessage = function (properties) {
                    this.replies = [];
                    this.events = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ServerMessage replies.
                 * @member {Array.<ecp.client.v1.Reply.$Properties>} replies
                 * @memberof ecp.client.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.replies = $util.emptyArray;

                /**
                 * ServerMessage events.
                 * @member {Array.<ecp.client.v1.Event.$Properties>} events
                 * @memberof ecp.client.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.events = $util.emptyArray;

                /**
                 * Encodes the specified ServerMessage message. Does not implicitly {@link ecp.client.v1.ServerMessage.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.ServerMessage
                 * @static
                 * @param {ecp.client.v1.ServerMessage.$Properties} message ServerMessage message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServerMessage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.replies != null && message.replies.length)
                        for (let i = 0; i < message.replies.length; ++i)
                            $root.ecp.client.v1.Reply.encode(message.replies[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.events != null && message.events.length)
                        for (let i = 0; i < message.events.length; ++i)
                            $root.ecp.client.v1.Event.encode(message.events[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ServerMessage message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.ServerMessage
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.ServerMessage & ecp.client.v1.ServerMessage.$Shape} ServerMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServerMessage.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.ServerMessage();
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
                                if (!(message.replies && message.replies.length))
                                    message.replies = [];
                                message.replies.push($root.ecp.client.v1.Reply.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.events && message.events.length))
                                    message.events = [];
                                message.events.push($root.ecp.client.v1.Event.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ServerMessage;
            })();

            v1.Reference = (function() {

                /**
                 * Properties of a Reference.
                 * @typedef {Object} ecp.client.v1.Reference.$Properties
                 * @property {string|null} [global] Reference global
                 * @property {Array.<Uint8Array>|null} [subscripts] Reference subscripts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Reference.
                 * @memberof ecp.client.v1
                 * @interface IReference
                 * @augments ecp.client.v1.Reference.$Properties
                 * @deprecated Use ecp.client.v1.Reference.$Properties instead.
                 */

                /**
                 * Shape of a Reference.
                 * @typedef {ecp.client.v1.Reference.$Properties} ecp.client.v1.Reference.$Shape
                 */

                /**
                 * Constructs a new Reference.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Reference.
                 * @constructor
                 * @param {ecp.client.v1.Reference.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Reference = function (properties) {
                    this.subscripts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Reference global.
                 * @member {string} global
                 * @memberof ecp.client.v1.Reference
                 * @instance
                 */
                Reference.prototype.global = "";

                /**
                 * Reference subscripts.
                 * @member {Array.<Uint8Array>} subscripts
                 * @memberof ecp.client.v1.Reference
                 * @instance
                 */
                Reference.prototype.subscripts = $util.emptyArray;

                /**
                 * Encodes the specified Reference message. Does not implicitly {@link ecp.client.v1.Reference.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Reference
                 * @static
                 * @param {ecp.client.v1.Reference.$Properties} message Reference message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Reference.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.global != null && $Object.hasOwnProperty.call(message, "global") && message.global !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.global);
                    if (message.subscripts != null && message.subscripts.length)
                        for (let i = 0; i < message.subscripts.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.subscripts[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Reference message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Reference
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Reference & ecp.client.v1.Reference.$Shape} Reference
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Reference.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Reference();
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
                                    message.global = value;
                                else
                                    delete message.global;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.subscripts && message.subscripts.length))
                                    message.subscripts = [];
                                message.subscripts.push(reader.bytes());
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

                return Reference;
            })();

            v1.Operation = (function() {

                /**
                 * Properties of an Operation.
                 * @typedef {Object} ecp.client.v1.Operation.$Properties
                 * @property {number|null} [id] Operation id
                 * @property {number|null} [job] Operation job
                 * @property {ecp.client.v1.OpenJob.$Properties|null} [openJob] Operation openJob
                 * @property {ecp.client.v1.CloseJob.$Properties|null} [closeJob] Operation closeJob
                 * @property {ecp.client.v1.Cancel.$Properties|null} [cancel] Operation cancel
                 * @property {ecp.client.v1.Reference.$Properties|null} [get] Operation get
                 * @property {ecp.client.v1.Reference.$Properties|null} [data] Operation data
                 * @property {ecp.client.v1.Reference.$Properties|null} [order] Operation order
                 * @property {ecp.client.v1.Reference.$Properties|null} [previous] Operation previous
                 * @property {ecp.client.v1.Query.$Properties|null} [query] Operation query
                 * @property {ecp.client.v1.Scan.$Properties|null} [keys] Operation keys
                 * @property {ecp.client.v1.Scan.$Properties|null} [entries] Operation entries
                 * @property {ecp.client.v1.Globals.$Properties|null} [globals] Operation globals
                 * @property {ecp.client.v1.Set.$Properties|null} [set] Operation set
                 * @property {ecp.client.v1.Reference.$Properties|null} [kill] Operation kill
                 * @property {ecp.client.v1.Reference.$Properties|null} [zkill] Operation zkill
                 * @property {ecp.client.v1.Merge.$Properties|null} [merge] Operation merge
                 * @property {ecp.client.v1.Increment.$Properties|null} [increment] Operation increment
                 * @property {ecp.client.v1.Reference.$Properties|null} [sequence] Operation sequence
                 * @property {ecp.client.v1.Sync.$Properties|null} [sync] Operation sync
                 * @property {ecp.client.v1.Flush.$Properties|null} [flush] Operation flush
                 * @property {ecp.client.v1.Disconnect.$Properties|null} [disconnect] Operation disconnect
                 * @property {ecp.client.v1.TStart.$Properties|null} [tstart] Operation tstart
                 * @property {ecp.client.v1.TCommit.$Properties|null} [tcommit] Operation tcommit
                 * @property {ecp.client.v1.TRollback.$Properties|null} [trollback] Operation trollback
                 * @property {ecp.client.v1.TLevel.$Properties|null} [tlevel] Operation tlevel
                 * @property {ecp.client.v1.Lock.$Properties|null} [lock] Operation lock
                 * @property {ecp.client.v1.Unlock.$Properties|null} [unlock] Operation unlock
                 * @property {ecp.client.v1.UnlockAll.$Properties|null} [unlockAll] Operation unlockAll
                 * @property {number|null} [lockLossesSeen] Operation lockLossesSeen
                 * @property {"openJob"|"closeJob"|"cancel"|"get"|"data"|"order"|"previous"|"query"|"keys"|"entries"|"globals"|"set"|"kill"|"zkill"|"merge"|"increment"|"sequence"|"sync"|"flush"|"disconnect"|"tstart"|"tcommit"|"trollback"|"tlevel"|"lock"|"unlock"|"unlockAll"} [kind] Operation kind
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Operation.
                 * @memberof ecp.client.v1
                 * @interface IOperation
                 * @augments ecp.client.v1.Operation.$Properties
                 * @deprecated Use ecp.client.v1.Operation.$Properties instead.
                 */

                /**
                 * Narrowed shape of an Operation.
                 * @typedef {{
                 *   id?: number|null;
                 *   job?: number|null;
                 *   openJob?: ecp.client.v1.OpenJob.$Shape|null;
                 *   closeJob?: ecp.client.v1.CloseJob.$Shape|null;
                 *   cancel?: ecp.client.v1.Cancel.$Shape|null;
                 *   get?: ecp.client.v1.Reference.$Shape|null;
                 *   data?: ecp.client.v1.Reference.$Shape|null;
                 *   order?: ecp.client.v1.Reference.$Shape|null;
                 *   previous?: ecp.client.v1.Reference.$Shape|null;
                 *   query?: ecp.client.v1.Query.$Shape|null;
                 *   keys?: ecp.client.v1.Scan.$Shape|null;
                 *   entries?: ecp.client.v1.Scan.$Shape|null;
                 *   globals?: ecp.client.v1.Globals.$Shape|null;
                 *   set?: ecp.client.v1.Set.$Shape|null;
                 *   kill?: ecp.client.v1.Reference.$Shape|null;
                 *   zkill?: ecp.client.v1.Reference.$Shape|null;
                 *   merge?: ecp.client.v1.Merge.$Shape|null;
                 *   increment?: ecp.client.v1.Increment.$Shape|null;
                 *   sequence?: ecp.client.v1.Reference.$Shape|null;
                 *   sync?: ecp.client.v1.Sync.$Shape|null;
                 *   flush?: ecp.client.v1.Flush.$Shape|null;
                 *   disconnect?: ecp.client.v1.Disconnect.$Shape|null;
                 *   tstart?: ecp.client.v1.TStart.$Shape|null;
                 *   tcommit?: ecp.client.v1.TCommit.$Shape|null;
                 *   trollback?: ecp.client.v1.TRollback.$Shape|null;
                 *   tlevel?: ecp.client.v1.TLevel.$Shape|null;
                 *   lock?: ecp.client.v1.Lock.$Shape|null;
                 *   unlock?: ecp.client.v1.Unlock.$Shape|null;
                 *   unlockAll?: ecp.client.v1.UnlockAll.$Shape|null;
                 *   lockLossesSeen?: number|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ kind?: undefined; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "openJob"; openJob: ecp.client.v1.OpenJob.$Shape; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "closeJob"; openJob?: null; closeJob: ecp.client.v1.CloseJob.$Shape; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "cancel"; openJob?: null; closeJob?: null; cancel: ecp.client.v1.Cancel.$Shape; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "get"; openJob?: null; closeJob?: null; cancel?: null; get: ecp.client.v1.Reference.$Shape; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "data"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data: ecp.client.v1.Reference.$Shape; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "order"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order: ecp.client.v1.Reference.$Shape; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "previous"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous: ecp.client.v1.Reference.$Shape; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "query"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query: ecp.client.v1.Query.$Shape; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "keys"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys: ecp.client.v1.Scan.$Shape; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "entries"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries: ecp.client.v1.Scan.$Shape; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "globals"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals: ecp.client.v1.Globals.$Shape; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "set"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set: ecp.client.v1.Set.$Shape; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "kill"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill: ecp.client.v1.Reference.$Shape; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "zkill"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill: ecp.client.v1.Reference.$Shape; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "merge"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge: ecp.client.v1.Merge.$Shape; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "increment"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment: ecp.client.v1.Increment.$Shape; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "sequence"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence: ecp.client.v1.Reference.$Shape; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "sync"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync: ecp.client.v1.Sync.$Shape; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "flush"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush: ecp.client.v1.Flush.$Shape; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "disconnect"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect: ecp.client.v1.Disconnect.$Shape; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tstart"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart: ecp.client.v1.TStart.$Shape; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tcommit"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit: ecp.client.v1.TCommit.$Shape; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "trollback"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback: ecp.client.v1.TRollback.$Shape; tlevel?: null; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "tlevel"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel: ecp.client.v1.TLevel.$Shape; lock?: null; unlock?: null; unlockAll?: null }|{ kind?: "lock"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock: ecp.client.v1.Lock.$Shape; unlock?: null; unlockAll?: null }|{ kind?: "unlock"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock: ecp.client.v1.Unlock.$Shape; unlockAll?: null }|{ kind?: "unlockAll"; openJob?: null; closeJob?: null; cancel?: null; get?: null; data?: null; order?: null; previous?: null; query?: null; keys?: null; entries?: null; globals?: null; set?: null; kill?: null; zkill?: null; merge?: null; increment?: null; sequence?: null; sync?: null; flush?: null; disconnect?: null; tstart?: null; tcommit?: null; trollback?: null; tlevel?: null; lock?: null; unlock?: null; unlockAll: ecp.client.v1.UnlockAll.$Shape })
                 * )} ecp.client.v1.Operation.$Shape
                 */

                /**
                 * Constructs a new Operation.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Operation.
                 * @constructor
                 * @param {ecp.client.v1.Operation.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Operation = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Operation id.
                 * @member {number} id
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.id = 0;

                /**
                 * Operation job.
                 * @member {number} job
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.job = 0;

                /**
                 * Operation openJob.
                 * @member {ecp.client.v1.OpenJob.$Properties|null|undefined} openJob
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.openJob = null;

                /**
                 * Operation closeJob.
                 * @member {ecp.client.v1.CloseJob.$Properties|null|undefined} closeJob
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.closeJob = null;

                /**
                 * Operation cancel.
                 * @member {ecp.client.v1.Cancel.$Properties|null|undefined} cancel
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.cancel = null;

                /**
                 * Operation get.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} get
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.get = null;

                /**
                 * Operation data.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} data
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.data = null;

                /**
                 * Operation order.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} order
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.order = null;

                /**
                 * Operation previous.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} previous
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.previous = null;

                /**
                 * Operation query.
                 * @member {ecp.client.v1.Query.$Properties|null|undefined} query
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.query = null;

                /**
                 * Operation keys.
                 * @member {ecp.client.v1.Scan.$Properties|null|undefined} keys
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.keys = null;

                /**
                 * Operation entries.
                 * @member {ecp.client.v1.Scan.$Properties|null|undefined} entries
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.entries = null;

                /**
                 * Operation globals.
                 * @member {ecp.client.v1.Globals.$Properties|null|undefined} globals
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.globals = null;

                /**
                 * Operation set.
                 * @member {ecp.client.v1.Set.$Properties|null|undefined} set
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.set = null;

                /**
                 * Operation kill.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} kill
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.kill = null;

                /**
                 * Operation zkill.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} zkill
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.zkill = null;

                /**
                 * Operation merge.
                 * @member {ecp.client.v1.Merge.$Properties|null|undefined} merge
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.merge = null;

                /**
                 * Operation increment.
                 * @member {ecp.client.v1.Increment.$Properties|null|undefined} increment
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.increment = null;

                /**
                 * Operation sequence.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} sequence
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.sequence = null;

                /**
                 * Operation sync.
                 * @member {ecp.client.v1.Sync.$Properties|null|undefined} sync
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.sync = null;

                /**
                 * Operation flush.
                 * @member {ecp.client.v1.Flush.$Properties|null|undefined} flush
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.flush = null;

                /**
                 * Operation disconnect.
                 * @member {ecp.client.v1.Disconnect.$Properties|null|undefined} disconnect
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.disconnect = null;

                /**
                 * Operation tstart.
                 * @member {ecp.client.v1.TStart.$Properties|null|undefined} tstart
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.tstart = null;

                /**
                 * Operation tcommit.
                 * @member {ecp.client.v1.TCommit.$Properties|null|undefined} tcommit
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.tcommit = null;

                /**
                 * Operation trollback.
                 * @member {ecp.client.v1.TRollback.$Properties|null|undefined} trollback
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.trollback = null;

                /**
                 * Operation tlevel.
                 * @member {ecp.client.v1.TLevel.$Properties|null|undefined} tlevel
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.tlevel = null;

                /**
                 * Operation lock.
                 * @member {ecp.client.v1.Lock.$Properties|null|undefined} lock
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.lock = null;

                /**
                 * Operation unlock.
                 * @member {ecp.client.v1.Unlock.$Properties|null|undefined} unlock
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.unlock = null;

                /**
                 * Operation unlockAll.
                 * @member {ecp.client.v1.UnlockAll.$Properties|null|undefined} unlockAll
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.unlockAll = null;

                /**
                 * Operation lockLossesSeen.
                 * @member {number} lockLossesSeen
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                Operation.prototype.lockLossesSeen = 0;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * Operation kind.
                 * @member {"openJob"|"closeJob"|"cancel"|"get"|"data"|"order"|"previous"|"query"|"keys"|"entries"|"globals"|"set"|"kill"|"zkill"|"merge"|"increment"|"sequence"|"sync"|"flush"|"disconnect"|"tstart"|"tcommit"|"trollback"|"tlevel"|"lock"|"unlock"|"unlockAll"|undefined} kind
                 * @memberof ecp.client.v1.Operation
                 * @instance
                 */
                $Object.defineProperty(Operation.prototype, "kind", {
                    get: $util.oneOfGetter($oneOfFields = ["openJob", "closeJob", "cancel", "get", "data", "order", "previous", "query", "keys", "entries", "globals", "set", "kill", "zkill", "merge", "increment", "sequence", "sync", "flush", "disconnect", "tstart", "tcommit", "trollback", "tlevel", "lock", "unlock", "unlockAll"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Operation message. Does not implicitly {@link ecp.client.v1.Operation.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Operation
                 * @static
                 * @param {ecp.client.v1.Operation.$Properties} message Operation message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Operation.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.job);
                    if (message.openJob != null && $Object.hasOwnProperty.call(message, "openJob"))
                        $root.ecp.client.v1.OpenJob.encode(message.openJob, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.closeJob != null && $Object.hasOwnProperty.call(message, "closeJob"))
                        $root.ecp.client.v1.CloseJob.encode(message.closeJob, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                        $root.ecp.client.v1.Cancel.encode(message.cancel, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.get != null && $Object.hasOwnProperty.call(message, "get"))
                        $root.ecp.client.v1.Reference.encode(message.get, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                        $root.ecp.client.v1.Reference.encode(message.data, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                        $root.ecp.client.v1.Reference.encode(message.order, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.previous != null && $Object.hasOwnProperty.call(message, "previous"))
                        $root.ecp.client.v1.Reference.encode(message.previous, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.query != null && $Object.hasOwnProperty.call(message, "query"))
                        $root.ecp.client.v1.Query.encode(message.query, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                        $root.ecp.client.v1.Scan.encode(message.keys, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                    if (message.entries != null && $Object.hasOwnProperty.call(message, "entries"))
                        $root.ecp.client.v1.Scan.encode(message.entries, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                    if (message.globals != null && $Object.hasOwnProperty.call(message, "globals"))
                        $root.ecp.client.v1.Globals.encode(message.globals, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                    if (message.set != null && $Object.hasOwnProperty.call(message, "set"))
                        $root.ecp.client.v1.Set.encode(message.set, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                    if (message.kill != null && $Object.hasOwnProperty.call(message, "kill"))
                        $root.ecp.client.v1.Reference.encode(message.kill, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                    if (message.zkill != null && $Object.hasOwnProperty.call(message, "zkill"))
                        $root.ecp.client.v1.Reference.encode(message.zkill, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                    if (message.merge != null && $Object.hasOwnProperty.call(message, "merge"))
                        $root.ecp.client.v1.Merge.encode(message.merge, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                    if (message.increment != null && $Object.hasOwnProperty.call(message, "increment"))
                        $root.ecp.client.v1.Increment.encode(message.increment, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                    if (message.sync != null && $Object.hasOwnProperty.call(message, "sync"))
                        $root.ecp.client.v1.Sync.encode(message.sync, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                    if (message.flush != null && $Object.hasOwnProperty.call(message, "flush"))
                        $root.ecp.client.v1.Flush.encode(message.flush, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                    if (message.disconnect != null && $Object.hasOwnProperty.call(message, "disconnect"))
                        $root.ecp.client.v1.Disconnect.encode(message.disconnect, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                    if (message.tstart != null && $Object.hasOwnProperty.call(message, "tstart"))
                        $root.ecp.client.v1.TStart.encode(message.tstart, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                    if (message.tcommit != null && $Object.hasOwnProperty.call(message, "tcommit"))
                        $root.ecp.client.v1.TCommit.encode(message.tcommit, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                    if (message.trollback != null && $Object.hasOwnProperty.call(message, "trollback"))
                        $root.ecp.client.v1.TRollback.encode(message.trollback, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                    if (message.tlevel != null && $Object.hasOwnProperty.call(message, "tlevel"))
                        $root.ecp.client.v1.TLevel.encode(message.tlevel, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                    if (message.lock != null && $Object.hasOwnProperty.call(message, "lock"))
                        $root.ecp.client.v1.Lock.encode(message.lock, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
                    if (message.unlock != null && $Object.hasOwnProperty.call(message, "unlock"))
                        $root.ecp.client.v1.Unlock.encode(message.unlock, writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
                    if (message.unlockAll != null && $Object.hasOwnProperty.call(message, "unlockAll"))
                        $root.ecp.client.v1.UnlockAll.encode(message.unlockAll, writer.uint32(/* id 28, wireType 2 =*/226).fork(), _depth + 1).ldelim();
                    if (message.lockLossesSeen != null && $Object.hasOwnProperty.call(message, "lockLossesSeen") && message.lockLossesSeen !== 0)
                        writer.uint32(/* id 29, wireType 0 =*/232).uint32(message.lockLossesSeen);
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                        $root.ecp.client.v1.Reference.encode(message.sequence, writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Operation message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Operation
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Operation & ecp.client.v1.Operation.$Shape} Operation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Operation.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Operation();
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
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.job = value;
                                else
                                    delete message.job;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.openJob = $root.ecp.client.v1.OpenJob.decode(reader, reader.size(), $undefined, _depth + 1, message.openJob);
                                message.kind = "openJob";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.closeJob = $root.ecp.client.v1.CloseJob.decode(reader, reader.size(), $undefined, _depth + 1, message.closeJob);
                                message.kind = "closeJob";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.cancel = $root.ecp.client.v1.Cancel.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                                message.kind = "cancel";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.get = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.get);
                                message.kind = "get";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.data = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.data);
                                message.kind = "data";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.order = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.order);
                                message.kind = "order";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.previous = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.previous);
                                message.kind = "previous";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.query = $root.ecp.client.v1.Query.decode(reader, reader.size(), $undefined, _depth + 1, message.query);
                                message.kind = "query";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.keys = $root.ecp.client.v1.Scan.decode(reader, reader.size(), $undefined, _depth + 1, message.keys);
                                message.kind = "keys";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.entries = $root.ecp.client.v1.Scan.decode(reader, reader.size(), $undefined, _depth + 1, message.entries);
                                message.kind = "entries";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.globals = $root.ecp.client.v1.Globals.decode(reader, reader.size(), $undefined, _depth + 1, message.globals);
                                message.kind = "globals";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.set = $root.ecp.client.v1.Set.decode(reader, reader.size(), $undefined, _depth + 1, message.set);
                                message.kind = "set";
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.kill = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.kill);
                                message.kind = "kill";
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                message.zkill = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.zkill);
                                message.kind = "zkill";
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                message.merge = $root.ecp.client.v1.Merge.decode(reader, reader.size(), $undefined, _depth + 1, message.merge);
                                message.kind = "merge";
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                message.increment = $root.ecp.client.v1.Increment.decode(reader, reader.size(), $undefined, _depth + 1, message.increment);
                                message.kind = "increment";
                                continue;
                            }
                        case 30: {
                                if (wireType !== 2)
                                    break;
                                message.sequence = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.sequence);
                                message.kind = "sequence";
                                continue;
                            }
                        case 19: {
                                if (wireType !== 2)
                                    break;
                                message.sync = $root.ecp.client.v1.Sync.decode(reader, reader.size(), $undefined, _depth + 1, message.sync);
                                message.kind = "sync";
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                message.flush = $root.ecp.client.v1.Flush.decode(reader, reader.size(), $undefined, _depth + 1, message.flush);
                                message.kind = "flush";
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                message.disconnect = $root.ecp.client.v1.Disconnect.decode(reader, reader.size(), $undefined, _depth + 1, message.disconnect);
                                message.kind = "disconnect";
                                continue;
                            }
                        case 22: {
                                if (wireType !== 2)
                                    break;
                                message.tstart = $root.ecp.client.v1.TStart.decode(reader, reader.size(), $undefined, _depth + 1, message.tstart);
                                message.kind = "tstart";
                                continue;
                            }
                        case 23: {
                                if (wireType !== 2)
                                    break;
                                message.tcommit = $root.ecp.client.v1.TCommit.decode(reader, reader.size(), $undefined, _depth + 1, message.tcommit);
                                message.kind = "tcommit";
                                continue;
                            }
                        case 24: {
                                if (wireType !== 2)
                                    break;
                                message.trollback = $root.ecp.client.v1.TRollback.decode(reader, reader.size(), $undefined, _depth + 1, message.trollback);
                                message.kind = "trollback";
                                continue;
                            }
                        case 25: {
                                if (wireType !== 2)
                                    break;
                                message.tlevel = $root.ecp.client.v1.TLevel.decode(reader, reader.size(), $undefined, _depth + 1, message.tlevel);
                                message.kind = "tlevel";
                                continue;
                            }
                        case 26: {
                                if (wireType !== 2)
                                    break;
                                message.lock = $root.ecp.client.v1.Lock.decode(reader, reader.size(), $undefined, _depth + 1, message.lock);
                                message.kind = "lock";
                                continue;
                            }
                        case 27: {
                                if (wireType !== 2)
                                    break;
                                message.unlock = $root.ecp.client.v1.Unlock.decode(reader, reader.size(), $undefined, _depth + 1, message.unlock);
                                message.kind = "unlock";
                                continue;
                            }
                        case 28: {
                                if (wireType !== 2)
                                    break;
                                message.unlockAll = $root.ecp.client.v1.UnlockAll.decode(reader, reader.size(), $undefined, _depth + 1, message.unlockAll);
                                message.kind = "unlockAll";
                                continue;
                            }
                        case 29: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.lockLossesSeen = value;
                                else
                                    delete message.lockLossesSeen;
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

                return Operation;
            })();

            v1.OpenJob = (function() {

                /**
                 * Properties of an OpenJob.
                 * @typedef {Object} ecp.client.v1.OpenJob.$Properties
                 * @property {string|null} [namespace] OpenJob namespace
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an OpenJob.
                 * @memberof ecp.client.v1
                 * @interface IOpenJob
                 * @augments ecp.client.v1.OpenJob.$Properties
                 * @deprecated Use ecp.client.v1.OpenJob.$Properties instead.
                 */

                /**
                 * Shape of an OpenJob.
                 * @typedef {ecp.client.v1.OpenJob.$Properties} ecp.client.v1.OpenJob.$Shape
                 */

                /**
                 * Constructs a new OpenJob.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an OpenJob.
                 * @constructor
                 * @param {ecp.client.v1.OpenJob.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const OpenJob = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * OpenJob namespace.
                 * @member {string} namespace
                 * @memberof ecp.client.v1.OpenJob
                 * @instance
                 */
                OpenJob.prototype.namespace = "";

                /**
                 * Encodes the specified OpenJob message. Does not implicitly {@link ecp.client.v1.OpenJob.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.OpenJob
                 * @static
                 * @param {ecp.client.v1.OpenJob.$Properties} message OpenJob message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                OpenJob.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an OpenJob message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.OpenJob
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.OpenJob & ecp.client.v1.OpenJob.$Shape} OpenJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                OpenJob.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.OpenJob();
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
                                    message.namespace = value;
                                else
                                    delete message.namespace;
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

                return OpenJob;
            })();

            v1.CloseJob = (function() {

                /**
                 * Properties of a CloseJob.
                 * @typedef {Object} ecp.client.v1.CloseJob.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CloseJob.
                 * @memberof ecp.client.v1
                 * @interface ICloseJob
                 * @augments ecp.client.v1.CloseJob.$Properties
                 * @deprecated Use ecp.client.v1.CloseJob.$Properties instead.
                 */

                /**
                 * Shape of a CloseJob.
                 * @typedef {ecp.client.v1.CloseJob.$Properties} ecp.client.v1.CloseJob.$Shape
                 */

                /**
                 * Constructs a new CloseJob.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a CloseJob.
                 * @constructor
                 * @param {ecp.client.v1.CloseJob.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CloseJob = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified CloseJob message. Does not implicitly {@link ecp.client.v1.CloseJob.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.CloseJob
                 * @static
                 * @param {ecp.client.v1.CloseJob.$Properties} message CloseJob message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CloseJob.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CloseJob message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.CloseJob
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.CloseJob & ecp.client.v1.CloseJob.$Shape} CloseJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CloseJob.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.CloseJob();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return CloseJob;
            })();

            v1.Cancel = (function() {

                /**
                 * Properties of a Cancel.
                 * @typedef {Object} ecp.client.v1.Cancel.$Properties
                 * @property {number|null} [operation] Cancel operation
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Cancel.
                 * @memberof ecp.client.v1
                 * @interface ICancel
                 * @augments ecp.client.v1.Cancel.$Properties
                 * @deprecated Use ecp.client.v1.Cancel.$Properties instead.
                 */

                /**
                 * Shape of a Cancel.
                 * @typedef {ecp.client.v1.Cancel.$Properties} ecp.client.v1.Cancel.$Shape
                 */

                /**
                 * Constructs a new Cancel.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Cancel.
                 * @constructor
                 * @param {ecp.client.v1.Cancel.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Cancel = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Cancel operation.
                 * @member {number} operation
                 * @memberof ecp.client.v1.Cancel
                 * @instance
                 */
                Cancel.prototype.operation = 0;

                /**
                 * Encodes the specified Cancel message. Does not implicitly {@link ecp.client.v1.Cancel.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Cancel
                 * @static
                 * @param {ecp.client.v1.Cancel.$Properties} message Cancel message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Cancel.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.operation);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Cancel message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Cancel
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Cancel & ecp.client.v1.Cancel.$Shape} Cancel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Cancel.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Cancel();
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
                                    message.operation = value;
                                else
                                    delete message.operation;
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

                return Cancel;
            })();

            v1.Query = (function() {

                /**
                 * Properties of a Query.
                 * @typedef {Object} ecp.client.v1.Query.$Properties
                 * @property {ecp.client.v1.Reference.$Properties|null} [node] Query node
                 * @property {boolean|null} [reverse] Query reverse
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Query.
                 * @memberof ecp.client.v1
                 * @interface IQuery
                 * @augments ecp.client.v1.Query.$Properties
                 * @deprecated Use ecp.client.v1.Query.$Properties instead.
                 */

                /**
                 * Shape of a Query.
                 * @typedef {ecp.client.v1.Query.$Properties} ecp.client.v1.Query.$Shape
                 */

                /**
                 * Constructs a new Query.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Query.
                 * @constructor
                 * @param {ecp.client.v1.Query.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Query = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Query node.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} node
                 * @memberof ecp.client.v1.Query
                 * @instance
                 */
                Query.prototype.node = null;

                /**
                 * Query reverse.
                 * @member {boolean} reverse
                 * @memberof ecp.client.v1.Query
                 * @instance
                 */
                Query.prototype.reverse = false;

                /**
                 * Encodes the specified Query message. Does not implicitly {@link ecp.client.v1.Query.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Query
                 * @static
                 * @param {ecp.client.v1.Query.$Properties} message Query message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Query.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        $root.ecp.client.v1.Reference.encode(message.node, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.reverse != null && $Object.hasOwnProperty.call(message, "reverse") && message.reverse !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.reverse);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Query message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Query
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Query & ecp.client.v1.Query.$Shape} Query
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Query.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Query();
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
                                message.node = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.reverse = value;
                                else
                                    delete message.reverse;
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

                return Query;
            })();

            v1.Scan = (function() {

                /**
                 * Properties of a Scan.
                 * @typedef {Object} ecp.client.v1.Scan.$Properties
                 * @property {ecp.client.v1.Reference.$Properties|null} [node] Scan node
                 * @property {Uint8Array|null} [from] Scan from
                 * @property {Uint8Array|null} [to] Scan to
                 * @property {boolean|null} [reverse] Scan reverse
                 * @property {number|null} [limit] Scan limit
                 * @property {ecp.client.v1.Path.$Properties|null} [after] Scan after
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Scan.
                 * @memberof ecp.client.v1
                 * @interface IScan
                 * @augments ecp.client.v1.Scan.$Properties
                 * @deprecated Use ecp.client.v1.Scan.$Properties instead.
                 */

                /**
                 * Shape of a Scan.
                 * @typedef {ecp.client.v1.Scan.$Properties} ecp.client.v1.Scan.$Shape
                 */

                /**
                 * Constructs a new Scan.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Scan.
                 * @constructor
                 * @param {ecp.client.v1.Scan.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Scan = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Scan node.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} node
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.node = null;

                /**
                 * Scan from.
                 * @member {Uint8Array|null|undefined} from
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.from = null;

                /**
                 * Scan to.
                 * @member {Uint8Array|null|undefined} to
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.to = null;

                /**
                 * Scan reverse.
                 * @member {boolean} reverse
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.reverse = false;

                /**
                 * Scan limit.
                 * @member {number} limit
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.limit = 0;

                /**
                 * Scan after.
                 * @member {ecp.client.v1.Path.$Properties|null|undefined} after
                 * @memberof ecp.client.v1.Scan
                 * @instance
                 */
                Scan.prototype.after = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Scan.prototype, "_from", {
                    get: $util.oneOfGetter($oneOfFields = ["from"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Scan.prototype, "_to", {
                    get: $util.oneOfGetter($oneOfFields = ["to"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Scan message. Does not implicitly {@link ecp.client.v1.Scan.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Scan
                 * @static
                 * @param {ecp.client.v1.Scan.$Properties} message Scan message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Scan.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        $root.ecp.client.v1.Reference.encode(message.node, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.from);
                    if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.to);
                    if (message.reverse != null && $Object.hasOwnProperty.call(message, "reverse") && message.reverse !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.reverse);
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.limit);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                        $root.ecp.client.v1.Path.encode(message.after, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Scan message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Scan
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Scan & ecp.client.v1.Scan.$Shape} Scan
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Scan.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Scan();
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
                                message.node = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.from = reader.bytes();
                                message._from = "from";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.to = reader.bytes();
                                message._to = "to";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.reverse = value;
                                else
                                    delete message.reverse;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.limit = value;
                                else
                                    delete message.limit;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.after = $root.ecp.client.v1.Path.decode(reader, reader.size(), $undefined, _depth + 1, message.after);
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

                return Scan;
            })();

            v1.Globals = (function() {

                /**
                 * Properties of a Globals.
                 * @typedef {Object} ecp.client.v1.Globals.$Properties
                 * @property {number|null} [limit] Globals limit
                 * @property {string|null} [after] Globals after
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Globals.
                 * @memberof ecp.client.v1
                 * @interface IGlobals
                 * @augments ecp.client.v1.Globals.$Properties
                 * @deprecated Use ecp.client.v1.Globals.$Properties instead.
                 */

                /**
                 * Shape of a Globals.
                 * @typedef {ecp.client.v1.Globals.$Properties} ecp.client.v1.Globals.$Shape
                 */

                /**
                 * Constructs a new Globals.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Globals.
                 * @constructor
                 * @param {ecp.client.v1.Globals.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Globals = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Globals limit.
                 * @member {number} limit
                 * @memberof ecp.client.v1.Globals
                 * @instance
                 */
                Globals.prototype.limit = 0;

                /**
                 * Globals after.
                 * @member {string} after
                 * @memberof ecp.client.v1.Globals
                 * @instance
                 */
                Globals.prototype.after = "";

                /**
                 * Encodes the specified Globals message. Does not implicitly {@link ecp.client.v1.Globals.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Globals
                 * @static
                 * @param {ecp.client.v1.Globals.$Properties} message Globals message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Globals.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.limit);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after") && message.after !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.after);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Globals message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Globals
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Globals & ecp.client.v1.Globals.$Shape} Globals
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Globals.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Globals();
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
                                    message.limit = value;
                                else
                                    delete message.limit;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.after = value;
                                else
                                    delete message.after;
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

                return Globals;
            })();

            v1.Set = (function() {

                /**
                 * Properties of a Set.
                 * @typedef {Object} ecp.client.v1.Set.$Properties
                 * @property {ecp.client.v1.Reference.$Properties|null} [node] Set node
                 * @property {Uint8Array|null} [value] Set value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Set.
                 * @memberof ecp.client.v1
                 * @interface ISet
                 * @augments ecp.client.v1.Set.$Properties
                 * @deprecated Use ecp.client.v1.Set.$Properties instead.
                 */

                /**
                 * Shape of a Set.
                 * @typedef {ecp.client.v1.Set.$Properties} ecp.client.v1.Set.$Shape
                 */

                /**
                 * Constructs a new Set.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Set.
                 * @constructor
                 * @param {ecp.client.v1.Set.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Set = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Set node.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} node
                 * @memberof ecp.client.v1.Set
                 * @instance
                 */
                Set.prototype.node = null;

                /**
                 * Set value.
                 * @member {Uint8Array} value
                 * @memberof ecp.client.v1.Set
                 * @instance
                 */
                Set.prototype.value = $util.newBuffer([]);

                /**
                 * Encodes the specified Set message. Does not implicitly {@link ecp.client.v1.Set.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Set
                 * @static
                 * @param {ecp.client.v1.Set.$Properties} message Set message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Set.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        $root.ecp.client.v1.Reference.encode(message.node, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Set message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Set
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Set & ecp.client.v1.Set.$Shape} Set
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Set.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Set();
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
                                message.node = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.value = value;
                                else
                                    delete message.value;
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

                return Set;
            })();

            v1.Merge = (function() {

                /**
                 * Properties of a Merge.
                 * @typedef {Object} ecp.client.v1.Merge.$Properties
                 * @property {ecp.client.v1.Reference.$Properties|null} [to] Merge to
                 * @property {ecp.client.v1.Reference.$Properties|null} [from] Merge from
                 * @property {number|null} [fromJob] Merge fromJob
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Merge.
                 * @memberof ecp.client.v1
                 * @interface IMerge
                 * @augments ecp.client.v1.Merge.$Properties
                 * @deprecated Use ecp.client.v1.Merge.$Properties instead.
                 */

                /**
                 * Shape of a Merge.
                 * @typedef {ecp.client.v1.Merge.$Properties} ecp.client.v1.Merge.$Shape
                 */

                /**
                 * Constructs a new Merge.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Merge.
                 * @constructor
                 * @param {ecp.client.v1.Merge.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Merge = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Merge to.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} to
                 * @memberof ecp.client.v1.Merge
                 * @instance
                 */
                Merge.prototype.to = null;

                /**
                 * Merge from.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} from
                 * @memberof ecp.client.v1.Merge
                 * @instance
                 */
                Merge.prototype.from = null;

                /**
                 * Merge fromJob.
                 * @member {number} fromJob
                 * @memberof ecp.client.v1.Merge
                 * @instance
                 */
                Merge.prototype.fromJob = 0;

                /**
                 * Encodes the specified Merge message. Does not implicitly {@link ecp.client.v1.Merge.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Merge
                 * @static
                 * @param {ecp.client.v1.Merge.$Properties} message Merge message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Merge.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                        $root.ecp.client.v1.Reference.encode(message.to, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                        $root.ecp.client.v1.Reference.encode(message.from, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.fromJob != null && $Object.hasOwnProperty.call(message, "fromJob") && message.fromJob !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.fromJob);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Merge message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Merge
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Merge & ecp.client.v1.Merge.$Shape} Merge
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Merge.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Merge();
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
                                message.to = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.to);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.from = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.from);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.fromJob = value;
                                else
                                    delete message.fromJob;
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

                return Merge;
            })();

            v1.Increment = (function() {

                /**
                 * Properties of an Increment.
                 * @typedef {Object} ecp.client.v1.Increment.$Properties
                 * @property {ecp.client.v1.Reference.$Properties|null} [node] Increment node
                 * @property {Uint8Array|null} [by] Increment by
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Increment.
                 * @memberof ecp.client.v1
                 * @interface IIncrement
                 * @augments ecp.client.v1.Increment.$Properties
                 * @deprecated Use ecp.client.v1.Increment.$Properties instead.
                 */

                /**
                 * Shape of an Increment.
                 * @typedef {ecp.client.v1.Increment.$Properties} ecp.client.v1.Increment.$Shape
                 */

                /**
                 * Constructs a new Increment.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Increment.
                 * @constructor
                 * @param {ecp.client.v1.Increment.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Increment = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Increment node.
                 * @member {ecp.client.v1.Reference.$Properties|null|undefined} node
                 * @memberof ecp.client.v1.Increment
                 * @instance
                 */
                Increment.prototype.node = null;

                /**
                 * Increment by.
                 * @member {Uint8Array} by
                 * @memberof ecp.client.v1.Increment
                 * @instance
                 */
                Increment.prototype.by = $util.newBuffer([]);

                /**
                 * Encodes the specified Increment message. Does not implicitly {@link ecp.client.v1.Increment.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Increment
                 * @static
                 * @param {ecp.client.v1.Increment.$Properties} message Increment message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Increment.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        $root.ecp.client.v1.Reference.encode(message.node, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.by);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Increment message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Increment
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Increment & ecp.client.v1.Increment.$Shape} Increment
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Increment.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Increment();
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
                                message.node = $root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.by = value;
                                else
                                    delete message.by;
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

                return Increment;
            })();

            v1.Sync = (function() {

                /**
                 * Properties of a Sync.
                 * @typedef {Object} ecp.client.v1.Sync.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Sync.
                 * @memberof ecp.client.v1
                 * @interface ISync
                 * @augments ecp.client.v1.Sync.$Properties
                 * @deprecated Use ecp.client.v1.Sync.$Properties instead.
                 */

                /**
                 * Shape of a Sync.
                 * @typedef {ecp.client.v1.Sync.$Properties} ecp.client.v1.Sync.$Shape
                 */

                /**
                 * Constructs a new Sync.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Sync.
                 * @constructor
                 * @param {ecp.client.v1.Sync.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Sync = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified Sync message. Does not implicitly {@link ecp.client.v1.Sync.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Sync
                 * @static
                 * @param {ecp.client.v1.Sync.$Properties} message Sync message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Sync.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Sync message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Sync
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Sync & ecp.client.v1.Sync.$Shape} Sync
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Sync.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Sync();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return Sync;
            })();

            v1.Flush = (function() {

                /**
                 * Properties of a Flush.
                 * @typedef {Object} ecp.client.v1.Flush.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Flush.
                 * @memberof ecp.client.v1
                 * @interface IFlush
                 * @augments ecp.client.v1.Flush.$Properties
                 * @deprecated Use ecp.client.v1.Flush.$Properties instead.
                 */

                /**
                 * Shape of a Flush.
                 * @typedef {ecp.client.v1.Flush.$Properties} ecp.client.v1.Flush.$Shape
                 */

                /**
                 * Constructs a new Flush.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Flush.
                 * @constructor
                 * @param {ecp.client.v1.Flush.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Flush = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified Flush message. Does not implicitly {@link ecp.client.v1.Flush.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Flush
                 * @static
                 * @param {ecp.client.v1.Flush.$Properties} message Flush message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Flush.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Flush message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Flush
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Flush & ecp.client.v1.Flush.$Shape} Flush
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Flush.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Flush();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return Flush;
            })();

            v1.Disconnect = (function() {

                /**
                 * Properties of a Disconnect.
                 * @typedef {Object} ecp.client.v1.Disconnect.$Properties
                 * @property {string|null} [dataServer] Disconnect dataServer
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Disconnect.
                 * @memberof ecp.client.v1
                 * @interface IDisconnect
                 * @augments ecp.client.v1.Disconnect.$Properties
                 * @deprecated Use ecp.client.v1.Disconnect.$Properties instead.
                 */

                /**
                 * Shape of a Disconnect.
                 * @typedef {ecp.client.v1.Disconnect.$Properties} ecp.client.v1.Disconnect.$Shape
                 */

                /**
                 * Constructs a new Disconnect.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Disconnect.
                 * @constructor
                 * @param {ecp.client.v1.Disconnect.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Disconnect = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Disconnect dataServer.
                 * @member {string} dataServer
                 * @memberof ecp.client.v1.Disconnect
                 * @instance
                 */
                Disconnect.prototype.dataServer = "";

                /**
                 * Encodes the specified Disconnect message. Does not implicitly {@link ecp.client.v1.Disconnect.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Disconnect
                 * @static
                 * @param {ecp.client.v1.Disconnect.$Properties} message Disconnect message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Disconnect.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.dataServer != null && $Object.hasOwnProperty.call(message, "dataServer") && message.dataServer !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.dataServer);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Disconnect message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Disconnect
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Disconnect & ecp.client.v1.Disconnect.$Shape} Disconnect
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Disconnect.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Disconnect();
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
                                    message.dataServer = value;
                                else
                                    delete message.dataServer;
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

                return Disconnect;
            })();

            v1.TStart = (function() {

                /**
                 * Properties of a TStart.
                 * @typedef {Object} ecp.client.v1.TStart.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TStart.
                 * @memberof ecp.client.v1
                 * @interface ITStart
                 * @augments ecp.client.v1.TStart.$Properties
                 * @deprecated Use ecp.client.v1.TStart.$Properties instead.
                 */

                /**
                 * Shape of a TStart.
                 * @typedef {ecp.client.v1.TStart.$Properties} ecp.client.v1.TStart.$Shape
                 */

                /**
                 * Constructs a new TStart.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a TStart.
                 * @constructor
                 * @param {ecp.client.v1.TStart.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TStart = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified TStart message. Does not implicitly {@link ecp.client.v1.TStart.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.TStart
                 * @static
                 * @param {ecp.client.v1.TStart.$Properties} message TStart message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TStart.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TStart message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.TStart
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TStart & ecp.client.v1.TStart.$Shape} TStart
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TStart.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.TStart();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return TStart;
            })();

            v1.TCommit = (function() {

                /**
                 * Properties of a TCommit.
                 * @typedef {Object} ecp.client.v1.TCommit.$Properties
                 * @property {boolean|null} [synchronous] TCommit synchronous
                 * @property {boolean|null} [asynchronous] TCommit asynchronous
                 * @property {number|null} [failuresSeen] TCommit failuresSeen
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TCommit.
                 * @memberof ecp.client.v1
                 * @interface ITCommit
                 * @augments ecp.client.v1.TCommit.$Properties
                 * @deprecated Use ecp.client.v1.TCommit.$Properties instead.
                 */

                /**
                 * Shape of a TCommit.
                 * @typedef {ecp.client.v1.TCommit.$Properties} ecp.client.v1.TCommit.$Shape
                 */

                /**
                 * Constructs a new TCommit.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a TCommit.
                 * @constructor
                 * @param {ecp.client.v1.TCommit.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TCommit = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * TCommit synchronous.
                 * @member {boolean} synchronous
                 * @memberof ecp.client.v1.TCommit
                 * @instance
                 */
                TCommit.prototype.synchronous = false;

                /**
                 * TCommit asynchronous.
                 * @member {boolean} asynchronous
                 * @memberof ecp.client.v1.TCommit
                 * @instance
                 */
                TCommit.prototype.asynchronous = false;

                /**
                 * TCommit failuresSeen.
                 * @member {number} failuresSeen
                 * @memberof ecp.client.v1.TCommit
                 * @instance
                 */
                TCommit.prototype.failuresSeen = 0;

                /**
                 * Encodes the specified TCommit message. Does not implicitly {@link ecp.client.v1.TCommit.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.TCommit
                 * @static
                 * @param {ecp.client.v1.TCommit.$Properties} message TCommit message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TCommit.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.synchronous != null && $Object.hasOwnProperty.call(message, "synchronous") && message.synchronous !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.synchronous);
                    if (message.failuresSeen != null && $Object.hasOwnProperty.call(message, "failuresSeen") && message.failuresSeen !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.failuresSeen);
                    if (message.asynchronous != null && $Object.hasOwnProperty.call(message, "asynchronous") && message.asynchronous !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.asynchronous);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TCommit message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.TCommit
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TCommit & ecp.client.v1.TCommit.$Shape} TCommit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TCommit.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.TCommit();
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
                                if (value = reader.bool())
                                    message.synchronous = value;
                                else
                                    delete message.synchronous;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.asynchronous = value;
                                else
                                    delete message.asynchronous;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.failuresSeen = value;
                                else
                                    delete message.failuresSeen;
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

                return TCommit;
            })();

            v1.TRollback = (function() {

                /**
                 * Properties of a TRollback.
                 * @typedef {Object} ecp.client.v1.TRollback.$Properties
                 * @property {boolean|null} [level] TRollback level
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TRollback.
                 * @memberof ecp.client.v1
                 * @interface ITRollback
                 * @augments ecp.client.v1.TRollback.$Properties
                 * @deprecated Use ecp.client.v1.TRollback.$Properties instead.
                 */

                /**
                 * Shape of a TRollback.
                 * @typedef {ecp.client.v1.TRollback.$Properties} ecp.client.v1.TRollback.$Shape
                 */

                /**
                 * Constructs a new TRollback.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a TRollback.
                 * @constructor
                 * @param {ecp.client.v1.TRollback.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TRollback = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * TRollback level.
                 * @member {boolean} level
                 * @memberof ecp.client.v1.TRollback
                 * @instance
                 */
                TRollback.prototype.level = false;

                /**
                 * Encodes the specified TRollback message. Does not implicitly {@link ecp.client.v1.TRollback.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.TRollback
                 * @static
                 * @param {ecp.client.v1.TRollback.$Properties} message TRollback message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TRollback.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.level);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TRollback message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.TRollback
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TRollback & ecp.client.v1.TRollback.$Shape} TRollback
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TRollback.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.TRollback();
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
                                if (value = reader.bool())
                                    message.level = value;
                                else
                                    delete message.level;
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

                return TRollback;
            })();

            v1.TLevel = (function() {

                /**
                 * Properties of a TLevel.
                 * @typedef {Object} ecp.client.v1.TLevel.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TLevel.
                 * @memberof ecp.client.v1
                 * @interface ITLevel
                 * @augments ecp.client.v1.TLevel.$Properties
                 * @deprecated Use ecp.client.v1.TLevel.$Properties instead.
                 */

                /**
                 * Shape of a TLevel.
                 * @typedef {ecp.client.v1.TLevel.$Properties} ecp.client.v1.TLevel.$Shape
                 */

                /**
                 * Constructs a new TLevel.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a TLevel.
                 * @constructor
                 * @param {ecp.client.v1.TLevel.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TLevel = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified TLevel message. Does not implicitly {@link ecp.client.v1.TLevel.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.TLevel
                 * @static
                 * @param {ecp.client.v1.TLevel.$Properties} message TLevel message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TLevel.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TLevel message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.TLevel
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.TLevel & ecp.client.v1.TLevel.$Shape} TLevel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TLevel.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.TLevel();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return TLevel;
            })();

            v1.Lock = (function() {

                /**
                 * Properties of a Lock.
                 * @typedef {Object} ecp.client.v1.Lock.$Properties
                 * @property {Array.<ecp.client.v1.Reference.$Properties>|null} [names] Lock names
                 * @property {boolean|null} [shared] Lock shared
                 * @property {boolean|null} [escalating] Lock escalating
                 * @property {number|null} [timeoutMs] Lock timeoutMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Lock.
                 * @memberof ecp.client.v1
                 * @interface ILock
                 * @augments ecp.client.v1.Lock.$Properties
                 * @deprecated Use ecp.client.v1.Lock.$Properties instead.
                 */

                /**
                 * Shape of a Lock.
                 * @typedef {ecp.client.v1.Lock.$Properties} ecp.client.v1.Lock.$Shape
                 */

                /**
                 * Constructs a new Lock.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Lock.
                 * @constructor
                 * @param {ecp.client.v1.Lock.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Lock = function (properties) {
                    this.names = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Lock names.
                 * @member {Array.<ecp.client.v1.Reference.$Properties>} names
                 * @memberof ecp.client.v1.Lock
                 * @instance
                 */
                Lock.prototype.names = $util.emptyArray;

                /**
                 * Lock shared.
                 * @member {boolean} shared
                 * @memberof ecp.client.v1.Lock
                 * @instance
                 */
                Lock.prototype.shared = false;

                /**
                 * Lock escalating.
                 * @member {boolean} escalating
                 * @memberof ecp.client.v1.Lock
                 * @instance
                 */
                Lock.prototype.escalating = false;

                /**
                 * Lock timeoutMs.
                 * @member {number|null|undefined} timeoutMs
                 * @memberof ecp.client.v1.Lock
                 * @instance
                 */
                Lock.prototype.timeoutMs = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Lock.prototype, "_timeoutMs", {
                    get: $util.oneOfGetter($oneOfFields = ["timeoutMs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Lock message. Does not implicitly {@link ecp.client.v1.Lock.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Lock
                 * @static
                 * @param {ecp.client.v1.Lock.$Properties} message Lock message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Lock.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.names != null && message.names.length)
                        for (let i = 0; i < message.names.length; ++i)
                            $root.ecp.client.v1.Reference.encode(message.names[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.shared != null && $Object.hasOwnProperty.call(message, "shared") && message.shared !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.shared);
                    if (message.escalating != null && $Object.hasOwnProperty.call(message, "escalating") && message.escalating !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.escalating);
                    if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs"))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.timeoutMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Lock message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Lock
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Lock & ecp.client.v1.Lock.$Shape} Lock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Lock.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Lock();
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
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                message.names.push($root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.shared = value;
                                else
                                    delete message.shared;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.escalating = value;
                                else
                                    delete message.escalating;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.timeoutMs = reader.uint32();
                                message._timeoutMs = "timeoutMs";
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

                return Lock;
            })();

            v1.Unlock = (function() {

                /**
                 * Properties of an Unlock.
                 * @typedef {Object} ecp.client.v1.Unlock.$Properties
                 * @property {Array.<ecp.client.v1.Reference.$Properties>|null} [names] Unlock names
                 * @property {boolean|null} [shared] Unlock shared
                 * @property {boolean|null} [immediate] Unlock immediate
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Unlock.
                 * @memberof ecp.client.v1
                 * @interface IUnlock
                 * @augments ecp.client.v1.Unlock.$Properties
                 * @deprecated Use ecp.client.v1.Unlock.$Properties instead.
                 */

                /**
                 * Shape of an Unlock.
                 * @typedef {ecp.client.v1.Unlock.$Properties} ecp.client.v1.Unlock.$Shape
                 */

                /**
                 * Constructs a new Unlock.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Unlock.
                 * @constructor
                 * @param {ecp.client.v1.Unlock.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Unlock = function (properties) {
                    this.names = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Unlock names.
                 * @member {Array.<ecp.client.v1.Reference.$Properties>} names
                 * @memberof ecp.client.v1.Unlock
                 * @instance
                 */
                Unlock.prototype.names = $util.emptyArray;

                /**
                 * Unlock shared.
                 * @member {boolean} shared
                 * @memberof ecp.client.v1.Unlock
                 * @instance
                 */
                Unlock.prototype.shared = false;

                /**
                 * Unlock immediate.
                 * @member {boolean} immediate
                 * @memberof ecp.client.v1.Unlock
                 * @instance
                 */
                Unlock.prototype.immediate = false;

                /**
                 * Encodes the specified Unlock message. Does not implicitly {@link ecp.client.v1.Unlock.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Unlock
                 * @static
                 * @param {ecp.client.v1.Unlock.$Properties} message Unlock message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Unlock.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.names != null && message.names.length)
                        for (let i = 0; i < message.names.length; ++i)
                            $root.ecp.client.v1.Reference.encode(message.names[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.shared != null && $Object.hasOwnProperty.call(message, "shared") && message.shared !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.shared);
                    if (message.immediate != null && $Object.hasOwnProperty.call(message, "immediate") && message.immediate !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.immediate);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Unlock message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Unlock
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Unlock & ecp.client.v1.Unlock.$Shape} Unlock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Unlock.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Unlock();
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
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                message.names.push($root.ecp.client.v1.Reference.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.shared = value;
                                else
                                    delete message.shared;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.immediate = value;
                                else
                                    delete message.immediate;
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

                return Unlock;
            })();

            v1.UnlockAll = (function() {

                /**
                 * Properties of an UnlockAll.
                 * @typedef {Object} ecp.client.v1.UnlockAll.$Properties
                 * @property {boolean|null} [immediate] UnlockAll immediate
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an UnlockAll.
                 * @memberof ecp.client.v1
                 * @interface IUnlockAll
                 * @augments ecp.client.v1.UnlockAll.$Properties
                 * @deprecated Use ecp.client.v1.UnlockAll.$Properties instead.
                 */

                /**
                 * Shape of an UnlockAll.
                 * @typedef {ecp.client.v1.UnlockAll.$Properties} ecp.client.v1.UnlockAll.$Shape
                 */

                /**
                 * Constructs a new UnlockAll.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an UnlockAll.
                 * @constructor
                 * @param {ecp.client.v1.UnlockAll.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const UnlockAll = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * UnlockAll immediate.
                 * @member {boolean} immediate
                 * @memberof ecp.client.v1.UnlockAll
                 * @instance
                 */
                UnlockAll.prototype.immediate = false;

                /**
                 * Encodes the specified UnlockAll message. Does not implicitly {@link ecp.client.v1.UnlockAll.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.UnlockAll
                 * @static
                 * @param {ecp.client.v1.UnlockAll.$Properties} message UnlockAll message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                UnlockAll.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.immediate != null && $Object.hasOwnProperty.call(message, "immediate") && message.immediate !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.immediate);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an UnlockAll message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.UnlockAll
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.UnlockAll & ecp.client.v1.UnlockAll.$Shape} UnlockAll
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                UnlockAll.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.UnlockAll();
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
                                if (value = reader.bool())
                                    message.immediate = value;
                                else
                                    delete message.immediate;
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

                return UnlockAll;
            })();

            v1.Reply = (function() {

                /**
                 * Properties of a Reply.
                 * @typedef {Object} ecp.client.v1.Reply.$Properties
                 * @property {number|null} [id] Reply id
                 * @property {ecp.client.v1.Error.$Properties|null} [error] Reply error
                 * @property {Uint8Array|null} [value] Reply value
                 * @property {number|null} [data] Reply data
                 * @property {Uint8Array|null} [subscript] Reply subscript
                 * @property {ecp.client.v1.Path.$Properties|null} [path] Reply path
                 * @property {ecp.client.v1.Page.$Properties|null} [page] Reply page
                 * @property {number|null} [level] Reply level
                 * @property {"error"|"value"|"data"|"subscript"|"path"|"page"|"level"} [result] Reply result
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Reply.
                 * @memberof ecp.client.v1
                 * @interface IReply
                 * @augments ecp.client.v1.Reply.$Properties
                 * @deprecated Use ecp.client.v1.Reply.$Properties instead.
                 */

                /**
                 * Narrowed shape of a Reply.
                 * @typedef {{
                 *   id?: number|null;
                 *   error?: ecp.client.v1.Error.$Shape|null;
                 *   value?: Uint8Array|null;
                 *   data?: number|null;
                 *   subscript?: Uint8Array|null;
                 *   path?: ecp.client.v1.Path.$Shape|null;
                 *   page?: ecp.client.v1.Page.$Shape|null;
                 *   level?: number|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ result?: undefined; error?: null; value?: null; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "error"; error: ecp.client.v1.Error.$Shape; value?: null; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "value"; error?: null; value: Uint8Array; data?: null; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "data"; error?: null; value?: null; data: number; subscript?: null; path?: null; page?: null; level?: null }|{ result?: "subscript"; error?: null; value?: null; data?: null; subscript: Uint8Array; path?: null; page?: null; level?: null }|{ result?: "path"; error?: null; value?: null; data?: null; subscript?: null; path: ecp.client.v1.Path.$Shape; page?: null; level?: null }|{ result?: "page"; error?: null; value?: null; data?: null; subscript?: null; path?: null; page: ecp.client.v1.Page.$Shape; level?: null }|{ result?: "level"; error?: null; value?: null; data?: null; subscript?: null; path?: null; page?: null; level: number })
                 * )} ecp.client.v1.Reply.$Shape
                 */

                /**
                 * Constructs a new Reply.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Reply.
                 * @constructor
                 * @param {ecp.client.v1.Reply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Reply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Reply id.
                 * @member {number} id
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.id = 0;

                /**
                 * Reply error.
                 * @member {ecp.client.v1.Error.$Properties|null|undefined} error
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.error = null;

                /**
                 * Reply value.
                 * @member {Uint8Array|null|undefined} value
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.value = null;

                /**
                 * Reply data.
                 * @member {number|null|undefined} data
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.data = null;

                /**
                 * Reply subscript.
                 * @member {Uint8Array|null|undefined} subscript
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.subscript = null;

                /**
                 * Reply path.
                 * @member {ecp.client.v1.Path.$Properties|null|undefined} path
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.path = null;

                /**
                 * Reply page.
                 * @member {ecp.client.v1.Page.$Properties|null|undefined} page
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.page = null;

                /**
                 * Reply level.
                 * @member {number|null|undefined} level
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                Reply.prototype.level = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * Reply result.
                 * @member {"error"|"value"|"data"|"subscript"|"path"|"page"|"level"|undefined} result
                 * @memberof ecp.client.v1.Reply
                 * @instance
                 */
                $Object.defineProperty(Reply.prototype, "result", {
                    get: $util.oneOfGetter($oneOfFields = ["error", "value", "data", "subscript", "path", "page", "level"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Reply message. Does not implicitly {@link ecp.client.v1.Reply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Reply
                 * @static
                 * @param {ecp.client.v1.Reply.$Properties} message Reply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Reply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                        $root.ecp.client.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.value);
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.data);
                    if (message.subscript != null && $Object.hasOwnProperty.call(message, "subscript"))
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.subscript);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        $root.ecp.client.v1.Path.encode(message.path, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.page != null && $Object.hasOwnProperty.call(message, "page"))
                        $root.ecp.client.v1.Page.encode(message.page, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.level != null && $Object.hasOwnProperty.call(message, "level"))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.level);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Reply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Reply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Reply & ecp.client.v1.Reply.$Shape} Reply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Reply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Reply();
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
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.error = $root.ecp.client.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                                message.result = "error";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.value = reader.bytes();
                                message.result = "value";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.data = reader.uint32();
                                message.result = "data";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.subscript = reader.bytes();
                                message.result = "subscript";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.path = $root.ecp.client.v1.Path.decode(reader, reader.size(), $undefined, _depth + 1, message.path);
                                message.result = "path";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.page = $root.ecp.client.v1.Page.decode(reader, reader.size(), $undefined, _depth + 1, message.page);
                                message.result = "page";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                message.level = reader.uint32();
                                message.result = "level";
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

                return Reply;
            })();

            v1.Path = (function() {

                /**
                 * Properties of a Path.
                 * @typedef {Object} ecp.client.v1.Path.$Properties
                 * @property {Array.<Uint8Array>|null} [subscripts] Path subscripts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Path.
                 * @memberof ecp.client.v1
                 * @interface IPath
                 * @augments ecp.client.v1.Path.$Properties
                 * @deprecated Use ecp.client.v1.Path.$Properties instead.
                 */

                /**
                 * Shape of a Path.
                 * @typedef {ecp.client.v1.Path.$Properties} ecp.client.v1.Path.$Shape
                 */

                /**
                 * Constructs a new Path.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Path.
                 * @constructor
                 * @param {ecp.client.v1.Path.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Path = function (properties) {
                    this.subscripts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Path subscripts.
                 * @member {Array.<Uint8Array>} subscripts
                 * @memberof ecp.client.v1.Path
                 * @instance
                 */
                Path.prototype.subscripts = $util.emptyArray;

                /**
                 * Encodes the specified Path message. Does not implicitly {@link ecp.client.v1.Path.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Path
                 * @static
                 * @param {ecp.client.v1.Path.$Properties} message Path message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Path.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.subscripts != null && message.subscripts.length)
                        for (let i = 0; i < message.subscripts.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.subscripts[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Path message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Path
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Path & ecp.client.v1.Path.$Shape} Path
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Path.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Path();
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
                                if (!(message.subscripts && message.subscripts.length))
                                    message.subscripts = [];
                                message.subscripts.push(reader.bytes());
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

                return Path;
            })();

            v1.Page = (function() {

                /**
                 * Properties of a Page.
                 * @typedef {Object} ecp.client.v1.Page.$Properties
                 * @property {Array.<ecp.client.v1.Entry.$Properties>|null} [entries] Page entries
                 * @property {boolean|null} [more] Page more
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Page.
                 * @memberof ecp.client.v1
                 * @interface IPage
                 * @augments ecp.client.v1.Page.$Properties
                 * @deprecated Use ecp.client.v1.Page.$Properties instead.
                 */

                /**
                 * Shape of a Page.
                 * @typedef {ecp.client.v1.Page.$Properties} ecp.client.v1.Page.$Shape
                 */

                /**
                 * Constructs a new Page.
                 * @memberof ecp.client.v1
                 * @classdesc Represents a Page.
                 * @constructor
                 * @param {ecp.client.v1.Page.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Page = function (properties) {
                    this.entries = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Page entries.
                 * @member {Array.<ecp.client.v1.Entry.$Properties>} entries
                 * @memberof ecp.client.v1.Page
                 * @instance
                 */
                Page.prototype.entries = $util.emptyArray;

                /**
                 * Page more.
                 * @member {boolean} more
                 * @memberof ecp.client.v1.Page
                 * @instance
                 */
                Page.prototype.more = false;

                /**
                 * Encodes the specified Page message. Does not implicitly {@link ecp.client.v1.Page.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Page
                 * @static
                 * @param {ecp.client.v1.Page.$Properties} message Page message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Page.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.entries != null && message.entries.length)
                        for (let i = 0; i < message.entries.length; ++i)
                            $root.ecp.client.v1.Entry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.more);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Page message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Page
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Page & ecp.client.v1.Page.$Shape} Page
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Page.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Page();
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
                                if (!(message.entries && message.entries.length))
                                    message.entries = [];
                                message.entries.push($root.ecp.client.v1.Entry.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.more = value;
                                else
                                    delete message.more;
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

                return Page;
            })();

            v1.Entry = (function() {

                /**
                 * Properties of an Entry.
                 * @typedef {Object} ecp.client.v1.Entry.$Properties
                 * @property {Array.<Uint8Array>|null} [subscripts] Entry subscripts
                 * @property {Uint8Array|null} [value] Entry value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Entry.
                 * @memberof ecp.client.v1
                 * @interface IEntry
                 * @augments ecp.client.v1.Entry.$Properties
                 * @deprecated Use ecp.client.v1.Entry.$Properties instead.
                 */

                /**
                 * Shape of an Entry.
                 * @typedef {ecp.client.v1.Entry.$Properties} ecp.client.v1.Entry.$Shape
                 */

                /**
                 * Constructs a new Entry.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Entry.
                 * @constructor
                 * @param {ecp.client.v1.Entry.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Entry = function (properties) {
                    this.subscripts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Entry subscripts.
                 * @member {Array.<Uint8Array>} subscripts
                 * @memberof ecp.client.v1.Entry
                 * @instance
                 */
                Entry.prototype.subscripts = $util.emptyArray;

                /**
                 * Entry value.
                 * @member {Uint8Array|null|undefined} value
                 * @memberof ecp.client.v1.Entry
                 * @instance
                 */
                Entry.prototype.value = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Entry.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link ecp.client.v1.Entry.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Entry
                 * @static
                 * @param {ecp.client.v1.Entry.$Properties} message Entry message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Entry.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.subscripts != null && message.subscripts.length)
                        for (let i = 0; i < message.subscripts.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.subscripts[i]);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Entry
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Entry & ecp.client.v1.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Entry.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Entry();
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
                                if (!(message.subscripts && message.subscripts.length))
                                    message.subscripts = [];
                                message.subscripts.push(reader.bytes());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.value = reader.bytes();
                                message._value = "value";
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

                return Entry;
            })();

            v1.Error = (function() {

                /**
                 * Properties of an Error.
                 * @typedef {Object} ecp.client.v1.Error.$Properties
                 * @property {string|null} [code] Error code
                 * @property {string|null} [message] Error message
                 * @property {ecp.client.v1.Error.Retry|null} [retry] Error retry
                 * @property {ecp.client.v1.Error.Outcome|null} [outcome] Error outcome
                 * @property {string|null} [reference] Error reference
                 * @property {boolean|null} [locksLost] Error locksLost
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Error.
                 * @memberof ecp.client.v1
                 * @interface IError
                 * @augments ecp.client.v1.Error.$Properties
                 * @deprecated Use ecp.client.v1.Error.$Properties instead.
                 */

                /**
                 * Shape of an Error.
                 * @typedef {ecp.client.v1.Error.$Properties} ecp.client.v1.Error.$Shape
                 */

                /**
                 * Constructs a new Error.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Error.
                 * @constructor
                 * @param {ecp.client.v1.Error.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Error = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Error code.
                 * @member {string} code
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.code = "";

                /**
                 * Error message.
                 * @member {string} message
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.message = "";

                /**
                 * Error retry.
                 * @member {ecp.client.v1.Error.Retry} retry
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.retry = 0;

                /**
                 * Error outcome.
                 * @member {ecp.client.v1.Error.Outcome} outcome
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.outcome = 0;

                /**
                 * Error reference.
                 * @member {string} reference
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.reference = "";

                /**
                 * Error locksLost.
                 * @member {boolean} locksLost
                 * @memberof ecp.client.v1.Error
                 * @instance
                 */
                Error.prototype.locksLost = false;

                /**
                 * Encodes the specified Error message. Does not implicitly {@link ecp.client.v1.Error.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Error
                 * @static
                 * @param {ecp.client.v1.Error.$Properties} message Error message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Error.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                    if (message.retry != null && $Object.hasOwnProperty.call(message, "retry") && message.retry !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).int32(message.retry);
                    if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).int32(message.outcome);
                    if (message.reference != null && $Object.hasOwnProperty.call(message, "reference") && message.reference !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.reference);
                    if (message.locksLost != null && $Object.hasOwnProperty.call(message, "locksLost") && message.locksLost !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.locksLost);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Error message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Error
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Error & ecp.client.v1.Error.$Shape} Error
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Error.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Error();
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
                                    message.code = value;
                                else
                                    delete message.code;
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
                                if (value = reader.int32())
                                    message.retry = value;
                                else
                                    delete message.retry;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.outcome = value;
                                else
                                    delete message.outcome;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reference = value;
                                else
                                    delete message.reference;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.locksLost = value;
                                else
                                    delete message.locksLost;
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
                 * Retry enum.
                 * @name ecp.client.v1.Error.Retry
                 * @enum {number}
                 * @property {number} NEVER=0 NEVER value
                 * @property {number} SAME=1 SAME value
                 * @property {number} RECONNECT=2 RECONNECT value
                 */
                Error.Retry = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "NEVER"] = 0;
                    values[valuesById[1] = "SAME"] = 1;
                    values[valuesById[2] = "RECONNECT"] = 2;
                    return values;
                })();

                /**
                 * Outcome enum.
                 * @name ecp.client.v1.Error.Outcome
                 * @enum {number}
                 * @property {number} NONE=0 NONE value
                 * @property {number} MAYBE=1 MAYBE value
                 */
                Error.Outcome = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "NONE"] = 0;
                    values[valuesById[1] = "MAYBE"] = 1;
                    return values;
                })();

                return Error;
            })();

            v1.Event = (function() {

                /**
                 * Properties of an Event.
                 * @typedef {Object} ecp.client.v1.Event.$Properties
                 * @property {number|null} [job] Event job
                 * @property {ecp.client.v1.Error.$Properties|null} [error] Event error
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Event.
                 * @memberof ecp.client.v1
                 * @interface IEvent
                 * @augments ecp.client.v1.Event.$Properties
                 * @deprecated Use ecp.client.v1.Event.$Properties instead.
                 */

                /**
                 * Shape of an Event.
                 * @typedef {ecp.client.v1.Event.$Properties} ecp.client.v1.Event.$Shape
                 */

                /**
                 * Constructs a new Event.
                 * @memberof ecp.client.v1
                 * @classdesc Represents an Event.
                 * @constructor
                 * @param {ecp.client.v1.Event.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Event = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Event job.
                 * @member {number} job
                 * @memberof ecp.client.v1.Event
                 * @instance
                 */
                Event.prototype.job = 0;

                /**
                 * Event error.
                 * @member {ecp.client.v1.Error.$Properties|null|undefined} error
                 * @memberof ecp.client.v1.Event
                 * @instance
                 */
                Event.prototype.error = null;

                /**
                 * Encodes the specified Event message. Does not implicitly {@link ecp.client.v1.Event.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.client.v1.Event
                 * @static
                 * @param {ecp.client.v1.Event.$Properties} message Event message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Event.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.job);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                        $root.ecp.client.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Event message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.client.v1.Event
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.client.v1.Event & ecp.client.v1.Event.$Shape} Event
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Event.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.client.v1.Event();
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
                                    message.job = value;
                                else
                                    delete message.job;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.error = $root.ecp.client.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
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

                return Event;
            })();

            return v1;
        })();

        return client;
    })();

    return ecp;
})();

export {
  $root as default
};
