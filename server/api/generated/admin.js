/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["admin"] || ($protobuf.roots["admin"] = {});

export const ecp = $root.ecp = (() => {

    /**
     * Namespace ecp.
     * @exports ecp
     * @namespace
     */
    const ecp = {};

    ecp.admin = (function() {

        /**
         * Namespace admin.
         * @memberof ecp
         * @namespace
         */
        const admin = {};

        admin.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof ecp.admin
             * @namespace
             */
            const v1 = {};

            v1.StatusRequest = (function() {

                /**
                 * Properties of a StatusRequest.
                 * @typedef {Object} ecp.admin.v1.StatusRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusRequest.
                 * @memberof ecp.admin.v1
                 * @interface IStatusRequest
                 * @augments ecp.admin.v1.StatusRequest.$Properties
                 * @deprecated Use ecp.admin.v1.StatusRequest.$Properties instead.
                 */

                /**
                 * Shape of a StatusRequest.
                 * @typedef {ecp.admin.v1.StatusRequest.$Properties} ecp.admin.v1.StatusRequest.$Shape
                 */

                /**
                 * Constructs a new StatusRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a StatusRequest.
                 * @constructor
                 * @param {ecp.admin.v1.StatusRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified StatusRequest message. Does not implicitly {@link ecp.admin.v1.StatusRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.StatusRequest
                 * @static
                 * @param {ecp.admin.v1.StatusRequest.$Properties} message StatusRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusRequest.encode = function (message, writer, _depth) {
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
                 * Decodes a StatusRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.StatusRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.StatusRequest & ecp.admin.v1.StatusRequest.$Shape} StatusRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.StatusRequest();
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

                return StatusRequest;
            })();

            v1.StatusReply = (function() {

                /**
                 * Properties of a StatusReply.
                 * @typedef {Object} ecp.admin.v1.StatusReply.$Properties
                 * @property {string|null} [name] StatusReply name
                 * @property {string|null} [productVersion] StatusReply productVersion
                 * @property {string|null} [serverUuid] StatusReply serverUuid
                 * @property {boolean|null} [ecpServiceEnabled] StatusReply ecpServiceEnabled
                 * @property {number|null} [appServersMax] StatusReply appServersMax
                 * @property {Array.<ecp.admin.v1.AppServerConnection.$Properties>|null} [appServers] StatusReply appServers
                 * @property {Array.<ecp.admin.v1.DataServerConnection.$Properties>|null} [dataServers] StatusReply dataServers
                 * @property {Array.<ecp.admin.v1.Database.$Properties>|null} [databases] StatusReply databases
                 * @property {ecp.admin.v1.Cache.$Properties|null} [cache] StatusReply cache
                 * @property {string|null} [frozen] StatusReply frozen
                 * @property {number|null} [jobs] StatusReply jobs
                 * @property {number|null} [journalPosition] StatusReply journalPosition
                 * @property {number|null} [journalDurablePosition] StatusReply journalDurablePosition
                 * @property {Array.<string>|null} [namespaces] StatusReply namespaces
                 * @property {number|null} [configurationRevision] StatusReply configurationRevision
                 * @property {string|null} [configurationHash] StatusReply configurationHash
                 * @property {Array.<string>|null} [needsRestart] StatusReply needsRestart
                 * @property {string|null} [refusedConfiguration] StatusReply refusedConfiguration
                 * @property {number|null} [clientSessions] StatusReply clientSessions
                 * @property {boolean|null} [ready] StatusReply ready
                 * @property {boolean|null} [draining] StatusReply draining
                 * @property {ecp.admin.v1.Journal.$Properties|null} [journal] StatusReply journal
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusReply.
                 * @memberof ecp.admin.v1
                 * @interface IStatusReply
                 * @augments ecp.admin.v1.StatusReply.$Properties
                 * @deprecated Use ecp.admin.v1.StatusReply.$Properties instead.
                 */

                /**
                 * Shape of a StatusReply.
                 * @typedef {ecp.admin.v1.StatusReply.$Properties} ecp.admin.v1.StatusReply.$Shape
                 */

                /**
                 * Constructs a new StatusReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a StatusReply.
                 * @constructor
                 * @param {ecp.admin.v1.StatusReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusReply = function (properties) {
                    this.appServers = [];
                    this.dataServers = [];
                    this.databases = [];
                    this.namespaces = [];
                    this.needsRestart = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatusReply name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.name = "";

                /**
                 * StatusReply productVersion.
                 * @member {string} productVersion
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.productVersion = "";

                /**
                 * StatusReply serverUuid.
                 * @member {string} serverUuid
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.serverUuid = "";

                /**
                 * StatusReply ecpServiceEnabled.
                 * @member {boolean} ecpServiceEnabled
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.ecpServiceEnabled = false;

                /**
                 * StatusReply appServersMax.
                 * @member {number} appServersMax
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.appServersMax = 0;

                /**
                 * StatusReply appServers.
                 * @member {Array.<ecp.admin.v1.AppServerConnection.$Properties>} appServers
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.appServers = $util.emptyArray;

                /**
                 * StatusReply dataServers.
                 * @member {Array.<ecp.admin.v1.DataServerConnection.$Properties>} dataServers
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.dataServers = $util.emptyArray;

                /**
                 * StatusReply databases.
                 * @member {Array.<ecp.admin.v1.Database.$Properties>} databases
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.databases = $util.emptyArray;

                /**
                 * StatusReply cache.
                 * @member {ecp.admin.v1.Cache.$Properties|null|undefined} cache
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.cache = null;

                /**
                 * StatusReply frozen.
                 * @member {string} frozen
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.frozen = "";

                /**
                 * StatusReply jobs.
                 * @member {number} jobs
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.jobs = 0;

                /**
                 * StatusReply journalPosition.
                 * @member {number} journalPosition
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.journalPosition = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusReply journalDurablePosition.
                 * @member {number} journalDurablePosition
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.journalDurablePosition = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusReply namespaces.
                 * @member {Array.<string>} namespaces
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.namespaces = $util.emptyArray;

                /**
                 * StatusReply configurationRevision.
                 * @member {number} configurationRevision
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.configurationRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusReply configurationHash.
                 * @member {string} configurationHash
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.configurationHash = "";

                /**
                 * StatusReply needsRestart.
                 * @member {Array.<string>} needsRestart
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.needsRestart = $util.emptyArray;

                /**
                 * StatusReply refusedConfiguration.
                 * @member {string} refusedConfiguration
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.refusedConfiguration = "";

                /**
                 * StatusReply clientSessions.
                 * @member {number} clientSessions
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.clientSessions = 0;

                /**
                 * StatusReply ready.
                 * @member {boolean} ready
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.ready = false;

                /**
                 * StatusReply draining.
                 * @member {boolean} draining
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.draining = false;

                /**
                 * StatusReply journal.
                 * @member {ecp.admin.v1.Journal.$Properties|null|undefined} journal
                 * @memberof ecp.admin.v1.StatusReply
                 * @instance
                 */
                StatusReply.prototype.journal = null;

                /**
                 * Encodes the specified StatusReply message. Does not implicitly {@link ecp.admin.v1.StatusReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.StatusReply
                 * @static
                 * @param {ecp.admin.v1.StatusReply.$Properties} message StatusReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.productVersion != null && $Object.hasOwnProperty.call(message, "productVersion") && message.productVersion !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.productVersion);
                    if (message.serverUuid != null && $Object.hasOwnProperty.call(message, "serverUuid") && message.serverUuid !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.serverUuid);
                    if (message.ecpServiceEnabled != null && $Object.hasOwnProperty.call(message, "ecpServiceEnabled") && message.ecpServiceEnabled !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.ecpServiceEnabled);
                    if (message.appServersMax != null && $Object.hasOwnProperty.call(message, "appServersMax") && message.appServersMax !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.appServersMax);
                    if (message.appServers != null && message.appServers.length)
                        for (let i = 0; i < message.appServers.length; ++i)
                            $root.ecp.admin.v1.AppServerConnection.encode(message.appServers[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.dataServers != null && message.dataServers.length)
                        for (let i = 0; i < message.dataServers.length; ++i)
                            $root.ecp.admin.v1.DataServerConnection.encode(message.dataServers[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.databases != null && message.databases.length)
                        for (let i = 0; i < message.databases.length; ++i)
                            $root.ecp.admin.v1.Database.encode(message.databases[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.cache != null && $Object.hasOwnProperty.call(message, "cache"))
                        $root.ecp.admin.v1.Cache.encode(message.cache, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.frozen != null && $Object.hasOwnProperty.call(message, "frozen") && message.frozen !== "")
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.frozen);
                    if (message.jobs != null && $Object.hasOwnProperty.call(message, "jobs") && message.jobs !== 0)
                        writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.jobs);
                    if (message.journalPosition != null && $Object.hasOwnProperty.call(message, "journalPosition") && (typeof message.journalPosition === "object" ? message.journalPosition.low || message.journalPosition.high : message.journalPosition !== 0))
                        writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.journalPosition);
                    if (message.journalDurablePosition != null && $Object.hasOwnProperty.call(message, "journalDurablePosition") && (typeof message.journalDurablePosition === "object" ? message.journalDurablePosition.low || message.journalDurablePosition.high : message.journalDurablePosition !== 0))
                        writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.journalDurablePosition);
                    if (message.namespaces != null && message.namespaces.length)
                        for (let i = 0; i < message.namespaces.length; ++i)
                            writer.uint32(/* id 14, wireType 2 =*/114).string(message.namespaces[i]);
                    if (message.configurationRevision != null && $Object.hasOwnProperty.call(message, "configurationRevision") && (typeof message.configurationRevision === "object" ? message.configurationRevision.low || message.configurationRevision.high : message.configurationRevision !== 0))
                        writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.configurationRevision);
                    if (message.configurationHash != null && $Object.hasOwnProperty.call(message, "configurationHash") && message.configurationHash !== "")
                        writer.uint32(/* id 16, wireType 2 =*/130).string(message.configurationHash);
                    if (message.needsRestart != null && message.needsRestart.length)
                        for (let i = 0; i < message.needsRestart.length; ++i)
                            writer.uint32(/* id 17, wireType 2 =*/138).string(message.needsRestart[i]);
                    if (message.refusedConfiguration != null && $Object.hasOwnProperty.call(message, "refusedConfiguration") && message.refusedConfiguration !== "")
                        writer.uint32(/* id 18, wireType 2 =*/146).string(message.refusedConfiguration);
                    if (message.clientSessions != null && $Object.hasOwnProperty.call(message, "clientSessions") && message.clientSessions !== 0)
                        writer.uint32(/* id 19, wireType 0 =*/152).uint32(message.clientSessions);
                    if (message.ready != null && $Object.hasOwnProperty.call(message, "ready") && message.ready !== false)
                        writer.uint32(/* id 20, wireType 0 =*/160).bool(message.ready);
                    if (message.draining != null && $Object.hasOwnProperty.call(message, "draining") && message.draining !== false)
                        writer.uint32(/* id 21, wireType 0 =*/168).bool(message.draining);
                    if (message.journal != null && $Object.hasOwnProperty.call(message, "journal"))
                        $root.ecp.admin.v1.Journal.encode(message.journal, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatusReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.StatusReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.StatusReply & ecp.admin.v1.StatusReply.$Shape} StatusReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.StatusReply();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.productVersion = value;
                                else
                                    delete message.productVersion;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serverUuid = value;
                                else
                                    delete message.serverUuid;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.ecpServiceEnabled = value;
                                else
                                    delete message.ecpServiceEnabled;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.appServersMax = value;
                                else
                                    delete message.appServersMax;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.appServers && message.appServers.length))
                                    message.appServers = [];
                                message.appServers.push($root.ecp.admin.v1.AppServerConnection.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.dataServers && message.dataServers.length))
                                    message.dataServers = [];
                                message.dataServers.push($root.ecp.admin.v1.DataServerConnection.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.databases && message.databases.length))
                                    message.databases = [];
                                message.databases.push($root.ecp.admin.v1.Database.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.cache = $root.ecp.admin.v1.Cache.decode(reader, reader.size(), $undefined, _depth + 1, message.cache);
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.frozen = value;
                                else
                                    delete message.frozen;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.jobs = value;
                                else
                                    delete message.jobs;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.journalPosition = value;
                                else
                                    delete message.journalPosition;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.journalDurablePosition = value;
                                else
                                    delete message.journalDurablePosition;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.namespaces && message.namespaces.length))
                                    message.namespaces = [];
                                message.namespaces.push(reader.stringVerify());
                                continue;
                            }
                        case 15: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.configurationRevision = value;
                                else
                                    delete message.configurationRevision;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.configurationHash = value;
                                else
                                    delete message.configurationHash;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.needsRestart && message.needsRestart.length))
                                    message.needsRestart = [];
                                message.needsRestart.push(reader.stringVerify());
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.refusedConfiguration = value;
                                else
                                    delete message.refusedConfiguration;
                                continue;
                            }
                        case 19: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.clientSessions = value;
                                else
                                    delete message.clientSessions;
                                continue;
                            }
                        case 20: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.ready = value;
                                else
                                    delete message.ready;
                                continue;
                            }
                        case 21: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.draining = value;
                                else
                                    delete message.draining;
                                continue;
                            }
                        case 22: {
                                if (wireType !== 2)
                                    break;
                                message.journal = $root.ecp.admin.v1.Journal.decode(reader, reader.size(), $undefined, _depth + 1, message.journal);
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

                return StatusReply;
            })();

            v1.Journal = (function() {

                /**
                 * Properties of a Journal.
                 * @typedef {Object} ecp.admin.v1.Journal.$Properties
                 * @property {number|null} [retainedBytes] Journal retainedBytes
                 * @property {number|null} [segments] Journal segments
                 * @property {number|null} [oldestAgeMs] Journal oldestAgeMs
                 * @property {number|null} [pinnedBytes] Journal pinnedBytes
                 * @property {number|null} [openTransactions] Journal openTransactions
                 * @property {number|null} [gaps] Journal gaps
                 * @property {string|null} [gap] Journal gap
                 * @property {ecp.admin.v1.Encryption.$Properties|null} [encryption] Journal encryption
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Journal.
                 * @memberof ecp.admin.v1
                 * @interface IJournal
                 * @augments ecp.admin.v1.Journal.$Properties
                 * @deprecated Use ecp.admin.v1.Journal.$Properties instead.
                 */

                /**
                 * Shape of a Journal.
                 * @typedef {ecp.admin.v1.Journal.$Properties} ecp.admin.v1.Journal.$Shape
                 */

                /**
                 * Constructs a new Journal.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a Journal.
                 * @constructor
                 * @param {ecp.admin.v1.Journal.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Journal = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Journal retainedBytes.
                 * @member {number} retainedBytes
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.retainedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Journal segments.
                 * @member {number} segments
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.segments = 0;

                /**
                 * Journal oldestAgeMs.
                 * @member {number} oldestAgeMs
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.oldestAgeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Journal pinnedBytes.
                 * @member {number} pinnedBytes
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.pinnedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Journal openTransactions.
                 * @member {number} openTransactions
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.openTransactions = 0;

                /**
                 * Journal gaps.
                 * @member {number} gaps
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.gaps = 0;

                /**
                 * Journal gap.
                 * @member {string} gap
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.gap = "";

                /**
                 * Journal encryption.
                 * @member {ecp.admin.v1.Encryption.$Properties|null|undefined} encryption
                 * @memberof ecp.admin.v1.Journal
                 * @instance
                 */
                Journal.prototype.encryption = null;

                /**
                 * Encodes the specified Journal message. Does not implicitly {@link ecp.admin.v1.Journal.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Journal
                 * @static
                 * @param {ecp.admin.v1.Journal.$Properties} message Journal message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Journal.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.retainedBytes != null && $Object.hasOwnProperty.call(message, "retainedBytes") && (typeof message.retainedBytes === "object" ? message.retainedBytes.low || message.retainedBytes.high : message.retainedBytes !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.retainedBytes);
                    if (message.segments != null && $Object.hasOwnProperty.call(message, "segments") && message.segments !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.segments);
                    if (message.oldestAgeMs != null && $Object.hasOwnProperty.call(message, "oldestAgeMs") && (typeof message.oldestAgeMs === "object" ? message.oldestAgeMs.low || message.oldestAgeMs.high : message.oldestAgeMs !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.oldestAgeMs);
                    if (message.pinnedBytes != null && $Object.hasOwnProperty.call(message, "pinnedBytes") && (typeof message.pinnedBytes === "object" ? message.pinnedBytes.low || message.pinnedBytes.high : message.pinnedBytes !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.pinnedBytes);
                    if (message.openTransactions != null && $Object.hasOwnProperty.call(message, "openTransactions") && message.openTransactions !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.openTransactions);
                    if (message.gaps != null && $Object.hasOwnProperty.call(message, "gaps") && message.gaps !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.gaps);
                    if (message.gap != null && $Object.hasOwnProperty.call(message, "gap") && message.gap !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.gap);
                    if (message.encryption != null && $Object.hasOwnProperty.call(message, "encryption"))
                        $root.ecp.admin.v1.Encryption.encode(message.encryption, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Journal message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Journal
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Journal & ecp.admin.v1.Journal.$Shape} Journal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Journal.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Journal();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.retainedBytes = value;
                                else
                                    delete message.retainedBytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.segments = value;
                                else
                                    delete message.segments;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.oldestAgeMs = value;
                                else
                                    delete message.oldestAgeMs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.pinnedBytes = value;
                                else
                                    delete message.pinnedBytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.openTransactions = value;
                                else
                                    delete message.openTransactions;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.gaps = value;
                                else
                                    delete message.gaps;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.gap = value;
                                else
                                    delete message.gap;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.encryption = $root.ecp.admin.v1.Encryption.decode(reader, reader.size(), $undefined, _depth + 1, message.encryption);
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

                return Journal;
            })();

            v1.AppServerConnection = (function() {

                /**
                 * Properties of an AppServerConnection.
                 * @typedef {Object} ecp.admin.v1.AppServerConnection.$Properties
                 * @property {string|null} [name] AppServerConnection name
                 * @property {string|null} [state] AppServerConnection state
                 * @property {number|null} [stateCode] AppServerConnection stateCode
                 * @property {string|null} [address] AppServerConnection address
                 * @property {string|null} [entry] AppServerConnection entry
                 * @property {number|null} [inStateMs] AppServerConnection inStateMs
                 * @property {number|null} [queuedBytes] AppServerConnection queuedBytes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AppServerConnection.
                 * @memberof ecp.admin.v1
                 * @interface IAppServerConnection
                 * @augments ecp.admin.v1.AppServerConnection.$Properties
                 * @deprecated Use ecp.admin.v1.AppServerConnection.$Properties instead.
                 */

                /**
                 * Shape of an AppServerConnection.
                 * @typedef {ecp.admin.v1.AppServerConnection.$Properties} ecp.admin.v1.AppServerConnection.$Shape
                 */

                /**
                 * Constructs a new AppServerConnection.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents an AppServerConnection.
                 * @constructor
                 * @param {ecp.admin.v1.AppServerConnection.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AppServerConnection = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AppServerConnection name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.name = "";

                /**
                 * AppServerConnection state.
                 * @member {string} state
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.state = "";

                /**
                 * AppServerConnection stateCode.
                 * @member {number} stateCode
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.stateCode = 0;

                /**
                 * AppServerConnection address.
                 * @member {string} address
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.address = "";

                /**
                 * AppServerConnection entry.
                 * @member {string} entry
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.entry = "";

                /**
                 * AppServerConnection inStateMs.
                 * @member {number} inStateMs
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.inStateMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * AppServerConnection queuedBytes.
                 * @member {number} queuedBytes
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @instance
                 */
                AppServerConnection.prototype.queuedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified AppServerConnection message. Does not implicitly {@link ecp.admin.v1.AppServerConnection.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @static
                 * @param {ecp.admin.v1.AppServerConnection.$Properties} message AppServerConnection message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AppServerConnection.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                    if (message.stateCode != null && $Object.hasOwnProperty.call(message, "stateCode") && message.stateCode !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.stateCode);
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.address);
                    if (message.entry != null && $Object.hasOwnProperty.call(message, "entry") && message.entry !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.entry);
                    if (message.inStateMs != null && $Object.hasOwnProperty.call(message, "inStateMs") && (typeof message.inStateMs === "object" ? message.inStateMs.low || message.inStateMs.high : message.inStateMs !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.inStateMs);
                    if (message.queuedBytes != null && $Object.hasOwnProperty.call(message, "queuedBytes") && (typeof message.queuedBytes === "object" ? message.queuedBytes.low || message.queuedBytes.high : message.queuedBytes !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.queuedBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AppServerConnection message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.AppServerConnection
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.AppServerConnection & ecp.admin.v1.AppServerConnection.$Shape} AppServerConnection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AppServerConnection.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.AppServerConnection();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.stateCode = value;
                                else
                                    delete message.stateCode;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.entry = value;
                                else
                                    delete message.entry;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.inStateMs = value;
                                else
                                    delete message.inStateMs;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.queuedBytes = value;
                                else
                                    delete message.queuedBytes;
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

                return AppServerConnection;
            })();

            v1.DataServerConnection = (function() {

                /**
                 * Properties of a DataServerConnection.
                 * @typedef {Object} ecp.admin.v1.DataServerConnection.$Properties
                 * @property {string|null} [name] DataServerConnection name
                 * @property {string|null} [state] DataServerConnection state
                 * @property {number|null} [stateCode] DataServerConnection stateCode
                 * @property {string|null} [host] DataServerConnection host
                 * @property {number|null} [port] DataServerConnection port
                 * @property {string|null} [address] DataServerConnection address
                 * @property {number|null} [inStateMs] DataServerConnection inStateMs
                 * @property {string|null} [failure] DataServerConnection failure
                 * @property {number|null} [sentBytes] DataServerConnection sentBytes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DataServerConnection.
                 * @memberof ecp.admin.v1
                 * @interface IDataServerConnection
                 * @augments ecp.admin.v1.DataServerConnection.$Properties
                 * @deprecated Use ecp.admin.v1.DataServerConnection.$Properties instead.
                 */

                /**
                 * Shape of a DataServerConnection.
                 * @typedef {ecp.admin.v1.DataServerConnection.$Properties} ecp.admin.v1.DataServerConnection.$Shape
                 */

                /**
                 * Constructs a new DataServerConnection.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a DataServerConnection.
                 * @constructor
                 * @param {ecp.admin.v1.DataServerConnection.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DataServerConnection = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DataServerConnection name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.name = "";

                /**
                 * DataServerConnection state.
                 * @member {string} state
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.state = "";

                /**
                 * DataServerConnection stateCode.
                 * @member {number} stateCode
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.stateCode = 0;

                /**
                 * DataServerConnection host.
                 * @member {string} host
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.host = "";

                /**
                 * DataServerConnection port.
                 * @member {number} port
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.port = 0;

                /**
                 * DataServerConnection address.
                 * @member {string} address
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.address = "";

                /**
                 * DataServerConnection inStateMs.
                 * @member {number} inStateMs
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.inStateMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * DataServerConnection failure.
                 * @member {string} failure
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.failure = "";

                /**
                 * DataServerConnection sentBytes.
                 * @member {number} sentBytes
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @instance
                 */
                DataServerConnection.prototype.sentBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified DataServerConnection message. Does not implicitly {@link ecp.admin.v1.DataServerConnection.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @static
                 * @param {ecp.admin.v1.DataServerConnection.$Properties} message DataServerConnection message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DataServerConnection.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                    if (message.stateCode != null && $Object.hasOwnProperty.call(message, "stateCode") && message.stateCode !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.stateCode);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.host);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.port);
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.address);
                    if (message.inStateMs != null && $Object.hasOwnProperty.call(message, "inStateMs") && (typeof message.inStateMs === "object" ? message.inStateMs.low || message.inStateMs.high : message.inStateMs !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.inStateMs);
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.failure);
                    if (message.sentBytes != null && $Object.hasOwnProperty.call(message, "sentBytes") && (typeof message.sentBytes === "object" ? message.sentBytes.low || message.sentBytes.high : message.sentBytes !== 0))
                        writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.sentBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DataServerConnection message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.DataServerConnection
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.DataServerConnection & ecp.admin.v1.DataServerConnection.$Shape} DataServerConnection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DataServerConnection.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.DataServerConnection();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.stateCode = value;
                                else
                                    delete message.stateCode;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    delete message.host;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.inStateMs = value;
                                else
                                    delete message.inStateMs;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.failure = value;
                                else
                                    delete message.failure;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sentBytes = value;
                                else
                                    delete message.sentBytes;
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

                return DataServerConnection;
            })();

            v1.Database = (function() {

                /**
                 * Properties of a Database.
                 * @typedef {Object} ecp.admin.v1.Database.$Properties
                 * @property {string|null} [name] Database name
                 * @property {string|null} [uuid] Database uuid
                 * @property {number|null} [blockSize] Database blockSize
                 * @property {boolean|null} [readOnly] Database readOnly
                 * @property {boolean|null} [journaled] Database journaled
                 * @property {string|null} [dataServer] Database dataServer
                 * @property {number|null} [blocksInMemory] Database blocksInMemory
                 * @property {number|null} [sizeBytes] Database sizeBytes
                 * @property {string|null} [state] Database state
                 * @property {ecp.admin.v1.Encryption.$Properties|null} [encryption] Database encryption
                 * @property {number|null} [usedBytes] Database usedBytes
                 * @property {number|null} [maxBytes] Database maxBytes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Database.
                 * @memberof ecp.admin.v1
                 * @interface IDatabase
                 * @augments ecp.admin.v1.Database.$Properties
                 * @deprecated Use ecp.admin.v1.Database.$Properties instead.
                 */

                /**
                 * Shape of a Database.
                 * @typedef {ecp.admin.v1.Database.$Properties} ecp.admin.v1.Database.$Shape
                 */

                /**
                 * Constructs a new Database.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a Database.
                 * @constructor
                 * @param {ecp.admin.v1.Database.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Database = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Database name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.name = "";

                /**
                 * Database uuid.
                 * @member {string} uuid
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.uuid = "";

                /**
                 * Database blockSize.
                 * @member {number} blockSize
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.blockSize = 0;

                /**
                 * Database readOnly.
                 * @member {boolean} readOnly
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.readOnly = false;

                /**
                 * Database journaled.
                 * @member {boolean} journaled
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.journaled = false;

                /**
                 * Database dataServer.
                 * @member {string} dataServer
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.dataServer = "";

                /**
                 * Database blocksInMemory.
                 * @member {number} blocksInMemory
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.blocksInMemory = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Database sizeBytes.
                 * @member {number} sizeBytes
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Database state.
                 * @member {string} state
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.state = "";

                /**
                 * Database encryption.
                 * @member {ecp.admin.v1.Encryption.$Properties|null|undefined} encryption
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.encryption = null;

                /**
                 * Database usedBytes.
                 * @member {number} usedBytes
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.usedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Database maxBytes.
                 * @member {number} maxBytes
                 * @memberof ecp.admin.v1.Database
                 * @instance
                 */
                Database.prototype.maxBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified Database message. Does not implicitly {@link ecp.admin.v1.Database.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Database
                 * @static
                 * @param {ecp.admin.v1.Database.$Properties} message Database message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Database.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid") && message.uuid !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.uuid);
                    if (message.blockSize != null && $Object.hasOwnProperty.call(message, "blockSize") && message.blockSize !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.blockSize);
                    if (message.readOnly != null && $Object.hasOwnProperty.call(message, "readOnly") && message.readOnly !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.readOnly);
                    if (message.journaled != null && $Object.hasOwnProperty.call(message, "journaled") && message.journaled !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.journaled);
                    if (message.dataServer != null && $Object.hasOwnProperty.call(message, "dataServer") && message.dataServer !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.dataServer);
                    if (message.blocksInMemory != null && $Object.hasOwnProperty.call(message, "blocksInMemory") && (typeof message.blocksInMemory === "object" ? message.blocksInMemory.low || message.blocksInMemory.high : message.blocksInMemory !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.blocksInMemory);
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.sizeBytes);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(/* id 9, wireType 2 =*/74).string(message.state);
                    if (message.encryption != null && $Object.hasOwnProperty.call(message, "encryption"))
                        $root.ecp.admin.v1.Encryption.encode(message.encryption, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.usedBytes != null && $Object.hasOwnProperty.call(message, "usedBytes") && (typeof message.usedBytes === "object" ? message.usedBytes.low || message.usedBytes.high : message.usedBytes !== 0))
                        writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.usedBytes);
                    if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes") && (typeof message.maxBytes === "object" ? message.maxBytes.low || message.maxBytes.high : message.maxBytes !== 0))
                        writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.maxBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Database message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Database
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Database & ecp.admin.v1.Database.$Shape} Database
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Database.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Database();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uuid = value;
                                else
                                    delete message.uuid;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.blockSize = value;
                                else
                                    delete message.blockSize;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.readOnly = value;
                                else
                                    delete message.readOnly;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.journaled = value;
                                else
                                    delete message.journaled;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.dataServer = value;
                                else
                                    delete message.dataServer;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.blocksInMemory = value;
                                else
                                    delete message.blocksInMemory;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sizeBytes = value;
                                else
                                    delete message.sizeBytes;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.encryption = $root.ecp.admin.v1.Encryption.decode(reader, reader.size(), $undefined, _depth + 1, message.encryption);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.usedBytes = value;
                                else
                                    delete message.usedBytes;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.maxBytes = value;
                                else
                                    delete message.maxBytes;
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

                return Database;
            })();

            v1.Encryption = (function() {

                /**
                 * Properties of an Encryption.
                 * @typedef {Object} ecp.admin.v1.Encryption.$Properties
                 * @property {string|null} [key] Encryption key
                 * @property {string|null} [fingerprint] Encryption fingerprint
                 * @property {number|null} [progress] Encryption progress
                 * @property {Array.<string>|null} [keysInUse] Encryption keysInUse
                 * @property {string|null} [problem] Encryption problem
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Encryption.
                 * @memberof ecp.admin.v1
                 * @interface IEncryption
                 * @augments ecp.admin.v1.Encryption.$Properties
                 * @deprecated Use ecp.admin.v1.Encryption.$Properties instead.
                 */

                /**
                 * Shape of an Encryption.
                 * @typedef {ecp.admin.v1.Encryption.$Properties} ecp.admin.v1.Encryption.$Shape
                 */

                /**
                 * Constructs a new Encryption.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents an Encryption.
                 * @constructor
                 * @param {ecp.admin.v1.Encryption.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Encryption = function (properties) {
                    this.keysInUse = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encryption key.
                 * @member {string} key
                 * @memberof ecp.admin.v1.Encryption
                 * @instance
                 */
                Encryption.prototype.key = "";

                /**
                 * Encryption fingerprint.
                 * @member {string} fingerprint
                 * @memberof ecp.admin.v1.Encryption
                 * @instance
                 */
                Encryption.prototype.fingerprint = "";

                /**
                 * Encryption progress.
                 * @member {number} progress
                 * @memberof ecp.admin.v1.Encryption
                 * @instance
                 */
                Encryption.prototype.progress = 0;

                /**
                 * Encryption keysInUse.
                 * @member {Array.<string>} keysInUse
                 * @memberof ecp.admin.v1.Encryption
                 * @instance
                 */
                Encryption.prototype.keysInUse = $util.emptyArray;

                /**
                 * Encryption problem.
                 * @member {string} problem
                 * @memberof ecp.admin.v1.Encryption
                 * @instance
                 */
                Encryption.prototype.problem = "";

                /**
                 * Encodes the specified Encryption message. Does not implicitly {@link ecp.admin.v1.Encryption.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Encryption
                 * @static
                 * @param {ecp.admin.v1.Encryption.$Properties} message Encryption message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Encryption.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
                    if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.fingerprint);
                    if (message.progress != null && $Object.hasOwnProperty.call(message, "progress") && !$Object.is(message.progress, 0))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.progress);
                    if (message.keysInUse != null && message.keysInUse.length)
                        for (let i = 0; i < message.keysInUse.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.keysInUse[i]);
                    if (message.problem != null && $Object.hasOwnProperty.call(message, "problem") && message.problem !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.problem);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Encryption message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Encryption
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Encryption & ecp.admin.v1.Encryption.$Shape} Encryption
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Encryption.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Encryption();
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
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fingerprint = value;
                                else
                                    delete message.fingerprint;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.progress = value;
                                else
                                    delete message.progress;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.keysInUse && message.keysInUse.length))
                                    message.keysInUse = [];
                                message.keysInUse.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.problem = value;
                                else
                                    delete message.problem;
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

                return Encryption;
            })();

            v1.Cache = (function() {

                /**
                 * Properties of a Cache.
                 * @typedef {Object} ecp.admin.v1.Cache.$Properties
                 * @property {number|null} [bytes] Cache bytes
                 * @property {number|null} [bytesMax] Cache bytesMax
                 * @property {number|null} [blocks] Cache blocks
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Cache.
                 * @memberof ecp.admin.v1
                 * @interface ICache
                 * @augments ecp.admin.v1.Cache.$Properties
                 * @deprecated Use ecp.admin.v1.Cache.$Properties instead.
                 */

                /**
                 * Shape of a Cache.
                 * @typedef {ecp.admin.v1.Cache.$Properties} ecp.admin.v1.Cache.$Shape
                 */

                /**
                 * Constructs a new Cache.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a Cache.
                 * @constructor
                 * @param {ecp.admin.v1.Cache.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Cache = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Cache bytes.
                 * @member {number} bytes
                 * @memberof ecp.admin.v1.Cache
                 * @instance
                 */
                Cache.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Cache bytesMax.
                 * @member {number} bytesMax
                 * @memberof ecp.admin.v1.Cache
                 * @instance
                 */
                Cache.prototype.bytesMax = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Cache blocks.
                 * @member {number} blocks
                 * @memberof ecp.admin.v1.Cache
                 * @instance
                 */
                Cache.prototype.blocks = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified Cache message. Does not implicitly {@link ecp.admin.v1.Cache.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Cache
                 * @static
                 * @param {ecp.admin.v1.Cache.$Properties} message Cache message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Cache.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.bytes);
                    if (message.bytesMax != null && $Object.hasOwnProperty.call(message, "bytesMax") && (typeof message.bytesMax === "object" ? message.bytesMax.low || message.bytesMax.high : message.bytesMax !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.bytesMax);
                    if (message.blocks != null && $Object.hasOwnProperty.call(message, "blocks") && (typeof message.blocks === "object" ? message.blocks.low || message.blocks.high : message.blocks !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.blocks);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Cache message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Cache
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Cache & ecp.admin.v1.Cache.$Shape} Cache
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Cache.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Cache();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytesMax = value;
                                else
                                    delete message.bytesMax;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.blocks = value;
                                else
                                    delete message.blocks;
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

                return Cache;
            })();

            v1.ReloadRequest = (function() {

                /**
                 * Properties of a ReloadRequest.
                 * @typedef {Object} ecp.admin.v1.ReloadRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReloadRequest.
                 * @memberof ecp.admin.v1
                 * @interface IReloadRequest
                 * @augments ecp.admin.v1.ReloadRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ReloadRequest.$Properties instead.
                 */

                /**
                 * Shape of a ReloadRequest.
                 * @typedef {ecp.admin.v1.ReloadRequest.$Properties} ecp.admin.v1.ReloadRequest.$Shape
                 */

                /**
                 * Constructs a new ReloadRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ReloadRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ReloadRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReloadRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified ReloadRequest message. Does not implicitly {@link ecp.admin.v1.ReloadRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ReloadRequest
                 * @static
                 * @param {ecp.admin.v1.ReloadRequest.$Properties} message ReloadRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReloadRequest.encode = function (message, writer, _depth) {
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
                 * Decodes a ReloadRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ReloadRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ReloadRequest & ecp.admin.v1.ReloadRequest.$Shape} ReloadRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReloadRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ReloadRequest();
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

                return ReloadRequest;
            })();

            v1.ReloadReply = (function() {

                /**
                 * Properties of a ReloadReply.
                 * @typedef {Object} ecp.admin.v1.ReloadReply.$Properties
                 * @property {string|null} [refused] ReloadReply refused
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReloadReply.
                 * @memberof ecp.admin.v1
                 * @interface IReloadReply
                 * @augments ecp.admin.v1.ReloadReply.$Properties
                 * @deprecated Use ecp.admin.v1.ReloadReply.$Properties instead.
                 */

                /**
                 * Shape of a ReloadReply.
                 * @typedef {ecp.admin.v1.ReloadReply.$Properties} ecp.admin.v1.ReloadReply.$Shape
                 */

                /**
                 * Constructs a new ReloadReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ReloadReply.
                 * @constructor
                 * @param {ecp.admin.v1.ReloadReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReloadReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReloadReply refused.
                 * @member {string} refused
                 * @memberof ecp.admin.v1.ReloadReply
                 * @instance
                 */
                ReloadReply.prototype.refused = "";

                /**
                 * Encodes the specified ReloadReply message. Does not implicitly {@link ecp.admin.v1.ReloadReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ReloadReply
                 * @static
                 * @param {ecp.admin.v1.ReloadReply.$Properties} message ReloadReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReloadReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused") && message.refused !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.refused);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReloadReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ReloadReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ReloadReply & ecp.admin.v1.ReloadReply.$Shape} ReloadReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReloadReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ReloadReply();
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
                                    message.refused = value;
                                else
                                    delete message.refused;
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

                return ReloadReply;
            })();

            v1.ConfigureRequest = (function() {

                /**
                 * Properties of a ConfigureRequest.
                 * @typedef {Object} ecp.admin.v1.ConfigureRequest.$Properties
                 * @property {string|null} [configuration] ConfigureRequest configuration
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ConfigureRequest.
                 * @memberof ecp.admin.v1
                 * @interface IConfigureRequest
                 * @augments ecp.admin.v1.ConfigureRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ConfigureRequest.$Properties instead.
                 */

                /**
                 * Shape of a ConfigureRequest.
                 * @typedef {ecp.admin.v1.ConfigureRequest.$Properties} ecp.admin.v1.ConfigureRequest.$Shape
                 */

                /**
                 * Constructs a new ConfigureRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ConfigureRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ConfigureRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ConfigureRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ConfigureRequest configuration.
                 * @member {string} configuration
                 * @memberof ecp.admin.v1.ConfigureRequest
                 * @instance
                 */
                ConfigureRequest.prototype.configuration = "";

                /**
                 * Encodes the specified ConfigureRequest message. Does not implicitly {@link ecp.admin.v1.ConfigureRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ConfigureRequest
                 * @static
                 * @param {ecp.admin.v1.ConfigureRequest.$Properties} message ConfigureRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ConfigureRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.configuration != null && $Object.hasOwnProperty.call(message, "configuration") && message.configuration !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.configuration);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ConfigureRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ConfigureRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ConfigureRequest & ecp.admin.v1.ConfigureRequest.$Shape} ConfigureRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ConfigureRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ConfigureRequest();
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
                                    message.configuration = value;
                                else
                                    delete message.configuration;
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

                return ConfigureRequest;
            })();

            v1.ConfigureReply = (function() {

                /**
                 * Properties of a ConfigureReply.
                 * @typedef {Object} ecp.admin.v1.ConfigureReply.$Properties
                 * @property {string|null} [refused] ConfigureReply refused
                 * @property {number|null} [revision] ConfigureReply revision
                 * @property {string|null} [hash] ConfigureReply hash
                 * @property {Array.<string>|null} [needsRestart] ConfigureReply needsRestart
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ConfigureReply.
                 * @memberof ecp.admin.v1
                 * @interface IConfigureReply
                 * @augments ecp.admin.v1.ConfigureReply.$Properties
                 * @deprecated Use ecp.admin.v1.ConfigureReply.$Properties instead.
                 */

                /**
                 * Shape of a ConfigureReply.
                 * @typedef {ecp.admin.v1.ConfigureReply.$Properties} ecp.admin.v1.ConfigureReply.$Shape
                 */

                /**
                 * Constructs a new ConfigureReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ConfigureReply.
                 * @constructor
                 * @param {ecp.admin.v1.ConfigureReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ConfigureReply = function (properties) {
                    this.needsRestart = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ConfigureReply refused.
                 * @member {string} refused
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @instance
                 */
                ConfigureReply.prototype.refused = "";

                /**
                 * ConfigureReply revision.
                 * @member {number} revision
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @instance
                 */
                ConfigureReply.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * ConfigureReply hash.
                 * @member {string} hash
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @instance
                 */
                ConfigureReply.prototype.hash = "";

                /**
                 * ConfigureReply needsRestart.
                 * @member {Array.<string>} needsRestart
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @instance
                 */
                ConfigureReply.prototype.needsRestart = $util.emptyArray;

                /**
                 * Encodes the specified ConfigureReply message. Does not implicitly {@link ecp.admin.v1.ConfigureReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @static
                 * @param {ecp.admin.v1.ConfigureReply.$Properties} message ConfigureReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ConfigureReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused") && message.refused !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.refused);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.hash);
                    if (message.needsRestart != null && message.needsRestart.length)
                        for (let i = 0; i < message.needsRestart.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.needsRestart[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ConfigureReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ConfigureReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ConfigureReply & ecp.admin.v1.ConfigureReply.$Shape} ConfigureReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ConfigureReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ConfigureReply();
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
                                    message.refused = value;
                                else
                                    delete message.refused;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.hash = value;
                                else
                                    delete message.hash;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.needsRestart && message.needsRestart.length))
                                    message.needsRestart = [];
                                message.needsRestart.push(reader.stringVerify());
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

                return ConfigureReply;
            })();

            v1.ChangeConnectionRequest = (function() {

                /**
                 * Properties of a ChangeConnectionRequest.
                 * @typedef {Object} ecp.admin.v1.ChangeConnectionRequest.$Properties
                 * @property {string|null} [dataServer] ChangeConnectionRequest dataServer
                 * @property {ecp.admin.v1.ChangeConnectionRequest.Change|null} [change] ChangeConnectionRequest change
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ChangeConnectionRequest.
                 * @memberof ecp.admin.v1
                 * @interface IChangeConnectionRequest
                 * @augments ecp.admin.v1.ChangeConnectionRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ChangeConnectionRequest.$Properties instead.
                 */

                /**
                 * Shape of a ChangeConnectionRequest.
                 * @typedef {ecp.admin.v1.ChangeConnectionRequest.$Properties} ecp.admin.v1.ChangeConnectionRequest.$Shape
                 */

                /**
                 * Constructs a new ChangeConnectionRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ChangeConnectionRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ChangeConnectionRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ChangeConnectionRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ChangeConnectionRequest dataServer.
                 * @member {string} dataServer
                 * @memberof ecp.admin.v1.ChangeConnectionRequest
                 * @instance
                 */
                ChangeConnectionRequest.prototype.dataServer = "";

                /**
                 * ChangeConnectionRequest change.
                 * @member {ecp.admin.v1.ChangeConnectionRequest.Change} change
                 * @memberof ecp.admin.v1.ChangeConnectionRequest
                 * @instance
                 */
                ChangeConnectionRequest.prototype.change = 0;

                /**
                 * Encodes the specified ChangeConnectionRequest message. Does not implicitly {@link ecp.admin.v1.ChangeConnectionRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ChangeConnectionRequest
                 * @static
                 * @param {ecp.admin.v1.ChangeConnectionRequest.$Properties} message ChangeConnectionRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ChangeConnectionRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.dataServer != null && $Object.hasOwnProperty.call(message, "dataServer") && message.dataServer !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.dataServer);
                    if (message.change != null && $Object.hasOwnProperty.call(message, "change") && message.change !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.change);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ChangeConnectionRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ChangeConnectionRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ChangeConnectionRequest & ecp.admin.v1.ChangeConnectionRequest.$Shape} ChangeConnectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ChangeConnectionRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ChangeConnectionRequest();
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
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.change = value;
                                else
                                    delete message.change;
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
                 * Change enum.
                 * @name ecp.admin.v1.ChangeConnectionRequest.Change
                 * @enum {number}
                 * @property {number} UNSPECIFIED=0 UNSPECIFIED value
                 * @property {number} NORMAL=1 NORMAL value
                 * @property {number} NOT_CONNECTED=2 NOT_CONNECTED value
                 * @property {number} DISABLED=3 DISABLED value
                 */
                ChangeConnectionRequest.Change = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "UNSPECIFIED"] = 0;
                    values[valuesById[1] = "NORMAL"] = 1;
                    values[valuesById[2] = "NOT_CONNECTED"] = 2;
                    values[valuesById[3] = "DISABLED"] = 3;
                    return values;
                })();

                return ChangeConnectionRequest;
            })();

            v1.ChangeConnectionReply = (function() {

                /**
                 * Properties of a ChangeConnectionReply.
                 * @typedef {Object} ecp.admin.v1.ChangeConnectionReply.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ChangeConnectionReply.
                 * @memberof ecp.admin.v1
                 * @interface IChangeConnectionReply
                 * @augments ecp.admin.v1.ChangeConnectionReply.$Properties
                 * @deprecated Use ecp.admin.v1.ChangeConnectionReply.$Properties instead.
                 */

                /**
                 * Shape of a ChangeConnectionReply.
                 * @typedef {ecp.admin.v1.ChangeConnectionReply.$Properties} ecp.admin.v1.ChangeConnectionReply.$Shape
                 */

                /**
                 * Constructs a new ChangeConnectionReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ChangeConnectionReply.
                 * @constructor
                 * @param {ecp.admin.v1.ChangeConnectionReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ChangeConnectionReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified ChangeConnectionReply message. Does not implicitly {@link ecp.admin.v1.ChangeConnectionReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ChangeConnectionReply
                 * @static
                 * @param {ecp.admin.v1.ChangeConnectionReply.$Properties} message ChangeConnectionReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ChangeConnectionReply.encode = function (message, writer, _depth) {
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
                 * Decodes a ChangeConnectionReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ChangeConnectionReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ChangeConnectionReply & ecp.admin.v1.ChangeConnectionReply.$Shape} ChangeConnectionReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ChangeConnectionReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ChangeConnectionReply();
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

                return ChangeConnectionReply;
            })();

            v1.CheckpointRequest = (function() {

                /**
                 * Properties of a CheckpointRequest.
                 * @typedef {Object} ecp.admin.v1.CheckpointRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckpointRequest.
                 * @memberof ecp.admin.v1
                 * @interface ICheckpointRequest
                 * @augments ecp.admin.v1.CheckpointRequest.$Properties
                 * @deprecated Use ecp.admin.v1.CheckpointRequest.$Properties instead.
                 */

                /**
                 * Shape of a CheckpointRequest.
                 * @typedef {ecp.admin.v1.CheckpointRequest.$Properties} ecp.admin.v1.CheckpointRequest.$Shape
                 */

                /**
                 * Constructs a new CheckpointRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckpointRequest.
                 * @constructor
                 * @param {ecp.admin.v1.CheckpointRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckpointRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified CheckpointRequest message. Does not implicitly {@link ecp.admin.v1.CheckpointRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckpointRequest
                 * @static
                 * @param {ecp.admin.v1.CheckpointRequest.$Properties} message CheckpointRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckpointRequest.encode = function (message, writer, _depth) {
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
                 * Decodes a CheckpointRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckpointRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckpointRequest & ecp.admin.v1.CheckpointRequest.$Shape} CheckpointRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckpointRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckpointRequest();
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

                return CheckpointRequest;
            })();

            v1.CheckpointReply = (function() {

                /**
                 * Properties of a CheckpointReply.
                 * @typedef {Object} ecp.admin.v1.CheckpointReply.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckpointReply.
                 * @memberof ecp.admin.v1
                 * @interface ICheckpointReply
                 * @augments ecp.admin.v1.CheckpointReply.$Properties
                 * @deprecated Use ecp.admin.v1.CheckpointReply.$Properties instead.
                 */

                /**
                 * Shape of a CheckpointReply.
                 * @typedef {ecp.admin.v1.CheckpointReply.$Properties} ecp.admin.v1.CheckpointReply.$Shape
                 */

                /**
                 * Constructs a new CheckpointReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckpointReply.
                 * @constructor
                 * @param {ecp.admin.v1.CheckpointReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckpointReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified CheckpointReply message. Does not implicitly {@link ecp.admin.v1.CheckpointReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckpointReply
                 * @static
                 * @param {ecp.admin.v1.CheckpointReply.$Properties} message CheckpointReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckpointReply.encode = function (message, writer, _depth) {
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
                 * Decodes a CheckpointReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckpointReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckpointReply & ecp.admin.v1.CheckpointReply.$Shape} CheckpointReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckpointReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckpointReply();
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

                return CheckpointReply;
            })();

            v1.MakeBackupRequest = (function() {

                /**
                 * Properties of a MakeBackupRequest.
                 * @typedef {Object} ecp.admin.v1.MakeBackupRequest.$Properties
                 * @property {string|null} [name] MakeBackupRequest name
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a MakeBackupRequest.
                 * @memberof ecp.admin.v1
                 * @interface IMakeBackupRequest
                 * @augments ecp.admin.v1.MakeBackupRequest.$Properties
                 * @deprecated Use ecp.admin.v1.MakeBackupRequest.$Properties instead.
                 */

                /**
                 * Shape of a MakeBackupRequest.
                 * @typedef {ecp.admin.v1.MakeBackupRequest.$Properties} ecp.admin.v1.MakeBackupRequest.$Shape
                 */

                /**
                 * Constructs a new MakeBackupRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a MakeBackupRequest.
                 * @constructor
                 * @param {ecp.admin.v1.MakeBackupRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const MakeBackupRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * MakeBackupRequest name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.MakeBackupRequest
                 * @instance
                 */
                MakeBackupRequest.prototype.name = "";

                /**
                 * Encodes the specified MakeBackupRequest message. Does not implicitly {@link ecp.admin.v1.MakeBackupRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.MakeBackupRequest
                 * @static
                 * @param {ecp.admin.v1.MakeBackupRequest.$Properties} message MakeBackupRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                MakeBackupRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a MakeBackupRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.MakeBackupRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.MakeBackupRequest & ecp.admin.v1.MakeBackupRequest.$Shape} MakeBackupRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                MakeBackupRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.MakeBackupRequest();
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
                                    message.name = value;
                                else
                                    delete message.name;
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

                return MakeBackupRequest;
            })();

            v1.MakeBackupProgress = (function() {

                /**
                 * Properties of a MakeBackupProgress.
                 * @typedef {Object} ecp.admin.v1.MakeBackupProgress.$Properties
                 * @property {string|null} [what] MakeBackupProgress what
                 * @property {number|null} [bytes] MakeBackupProgress bytes
                 * @property {number|null} [totalBytes] MakeBackupProgress totalBytes
                 * @property {ecp.admin.v1.Backup.$Properties|null} [made] MakeBackupProgress made
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a MakeBackupProgress.
                 * @memberof ecp.admin.v1
                 * @interface IMakeBackupProgress
                 * @augments ecp.admin.v1.MakeBackupProgress.$Properties
                 * @deprecated Use ecp.admin.v1.MakeBackupProgress.$Properties instead.
                 */

                /**
                 * Shape of a MakeBackupProgress.
                 * @typedef {ecp.admin.v1.MakeBackupProgress.$Properties} ecp.admin.v1.MakeBackupProgress.$Shape
                 */

                /**
                 * Constructs a new MakeBackupProgress.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a MakeBackupProgress.
                 * @constructor
                 * @param {ecp.admin.v1.MakeBackupProgress.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const MakeBackupProgress = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * MakeBackupProgress what.
                 * @member {string} what
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @instance
                 */
                MakeBackupProgress.prototype.what = "";

                /**
                 * MakeBackupProgress bytes.
                 * @member {number} bytes
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @instance
                 */
                MakeBackupProgress.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * MakeBackupProgress totalBytes.
                 * @member {number} totalBytes
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @instance
                 */
                MakeBackupProgress.prototype.totalBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * MakeBackupProgress made.
                 * @member {ecp.admin.v1.Backup.$Properties|null|undefined} made
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @instance
                 */
                MakeBackupProgress.prototype.made = null;

                /**
                 * Encodes the specified MakeBackupProgress message. Does not implicitly {@link ecp.admin.v1.MakeBackupProgress.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @static
                 * @param {ecp.admin.v1.MakeBackupProgress.$Properties} message MakeBackupProgress message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                MakeBackupProgress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.what);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.bytes);
                    if (message.totalBytes != null && $Object.hasOwnProperty.call(message, "totalBytes") && (typeof message.totalBytes === "object" ? message.totalBytes.low || message.totalBytes.high : message.totalBytes !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.totalBytes);
                    if (message.made != null && $Object.hasOwnProperty.call(message, "made"))
                        $root.ecp.admin.v1.Backup.encode(message.made, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a MakeBackupProgress message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.MakeBackupProgress
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.MakeBackupProgress & ecp.admin.v1.MakeBackupProgress.$Shape} MakeBackupProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                MakeBackupProgress.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.MakeBackupProgress();
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
                                    message.what = value;
                                else
                                    delete message.what;
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
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.totalBytes = value;
                                else
                                    delete message.totalBytes;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.made = $root.ecp.admin.v1.Backup.decode(reader, reader.size(), $undefined, _depth + 1, message.made);
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

                return MakeBackupProgress;
            })();

            v1.CheckIntegrityRequest = (function() {

                /**
                 * Properties of a CheckIntegrityRequest.
                 * @typedef {Object} ecp.admin.v1.CheckIntegrityRequest.$Properties
                 * @property {string|null} [database] CheckIntegrityRequest database
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckIntegrityRequest.
                 * @memberof ecp.admin.v1
                 * @interface ICheckIntegrityRequest
                 * @augments ecp.admin.v1.CheckIntegrityRequest.$Properties
                 * @deprecated Use ecp.admin.v1.CheckIntegrityRequest.$Properties instead.
                 */

                /**
                 * Shape of a CheckIntegrityRequest.
                 * @typedef {ecp.admin.v1.CheckIntegrityRequest.$Properties} ecp.admin.v1.CheckIntegrityRequest.$Shape
                 */

                /**
                 * Constructs a new CheckIntegrityRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckIntegrityRequest.
                 * @constructor
                 * @param {ecp.admin.v1.CheckIntegrityRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckIntegrityRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckIntegrityRequest database.
                 * @member {string} database
                 * @memberof ecp.admin.v1.CheckIntegrityRequest
                 * @instance
                 */
                CheckIntegrityRequest.prototype.database = "";

                /**
                 * Encodes the specified CheckIntegrityRequest message. Does not implicitly {@link ecp.admin.v1.CheckIntegrityRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckIntegrityRequest
                 * @static
                 * @param {ecp.admin.v1.CheckIntegrityRequest.$Properties} message CheckIntegrityRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckIntegrityRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.database != null && $Object.hasOwnProperty.call(message, "database") && message.database !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.database);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckIntegrityRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckIntegrityRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckIntegrityRequest & ecp.admin.v1.CheckIntegrityRequest.$Shape} CheckIntegrityRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckIntegrityRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckIntegrityRequest();
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
                                    message.database = value;
                                else
                                    delete message.database;
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

                return CheckIntegrityRequest;
            })();

            v1.CheckIntegrityProgress = (function() {

                /**
                 * Properties of a CheckIntegrityProgress.
                 * @typedef {Object} ecp.admin.v1.CheckIntegrityProgress.$Properties
                 * @property {number|null} [bytes] CheckIntegrityProgress bytes
                 * @property {number|null} [totalBytes] CheckIntegrityProgress totalBytes
                 * @property {ecp.admin.v1.IntegrityReport.$Properties|null} [report] CheckIntegrityProgress report
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckIntegrityProgress.
                 * @memberof ecp.admin.v1
                 * @interface ICheckIntegrityProgress
                 * @augments ecp.admin.v1.CheckIntegrityProgress.$Properties
                 * @deprecated Use ecp.admin.v1.CheckIntegrityProgress.$Properties instead.
                 */

                /**
                 * Shape of a CheckIntegrityProgress.
                 * @typedef {ecp.admin.v1.CheckIntegrityProgress.$Properties} ecp.admin.v1.CheckIntegrityProgress.$Shape
                 */

                /**
                 * Constructs a new CheckIntegrityProgress.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckIntegrityProgress.
                 * @constructor
                 * @param {ecp.admin.v1.CheckIntegrityProgress.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckIntegrityProgress = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckIntegrityProgress bytes.
                 * @member {number} bytes
                 * @memberof ecp.admin.v1.CheckIntegrityProgress
                 * @instance
                 */
                CheckIntegrityProgress.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckIntegrityProgress totalBytes.
                 * @member {number} totalBytes
                 * @memberof ecp.admin.v1.CheckIntegrityProgress
                 * @instance
                 */
                CheckIntegrityProgress.prototype.totalBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckIntegrityProgress report.
                 * @member {ecp.admin.v1.IntegrityReport.$Properties|null|undefined} report
                 * @memberof ecp.admin.v1.CheckIntegrityProgress
                 * @instance
                 */
                CheckIntegrityProgress.prototype.report = null;

                /**
                 * Encodes the specified CheckIntegrityProgress message. Does not implicitly {@link ecp.admin.v1.CheckIntegrityProgress.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckIntegrityProgress
                 * @static
                 * @param {ecp.admin.v1.CheckIntegrityProgress.$Properties} message CheckIntegrityProgress message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckIntegrityProgress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.bytes);
                    if (message.totalBytes != null && $Object.hasOwnProperty.call(message, "totalBytes") && (typeof message.totalBytes === "object" ? message.totalBytes.low || message.totalBytes.high : message.totalBytes !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.totalBytes);
                    if (message.report != null && $Object.hasOwnProperty.call(message, "report"))
                        $root.ecp.admin.v1.IntegrityReport.encode(message.report, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckIntegrityProgress message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckIntegrityProgress
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckIntegrityProgress & ecp.admin.v1.CheckIntegrityProgress.$Shape} CheckIntegrityProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckIntegrityProgress.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckIntegrityProgress();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.totalBytes = value;
                                else
                                    delete message.totalBytes;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.report = $root.ecp.admin.v1.IntegrityReport.decode(reader, reader.size(), $undefined, _depth + 1, message.report);
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

                return CheckIntegrityProgress;
            })();

            v1.IntegrityReport = (function() {

                /**
                 * Properties of an IntegrityReport.
                 * @typedef {Object} ecp.admin.v1.IntegrityReport.$Properties
                 * @property {Array.<ecp.admin.v1.IntegrityFinding.$Properties>|null} [findings] IntegrityReport findings
                 * @property {number|null} [errors] IntegrityReport errors
                 * @property {number|null} [warnings] IntegrityReport warnings
                 * @property {Array.<ecp.admin.v1.CheckedDatabase.$Properties>|null} [databases] IntegrityReport databases
                 * @property {ecp.admin.v1.CheckedJournal.$Properties|null} [journal] IntegrityReport journal
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an IntegrityReport.
                 * @memberof ecp.admin.v1
                 * @interface IIntegrityReport
                 * @augments ecp.admin.v1.IntegrityReport.$Properties
                 * @deprecated Use ecp.admin.v1.IntegrityReport.$Properties instead.
                 */

                /**
                 * Shape of an IntegrityReport.
                 * @typedef {ecp.admin.v1.IntegrityReport.$Properties} ecp.admin.v1.IntegrityReport.$Shape
                 */

                /**
                 * Constructs a new IntegrityReport.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents an IntegrityReport.
                 * @constructor
                 * @param {ecp.admin.v1.IntegrityReport.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const IntegrityReport = function (properties) {
                    this.findings = [];
                    this.databases = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * IntegrityReport findings.
                 * @member {Array.<ecp.admin.v1.IntegrityFinding.$Properties>} findings
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @instance
                 */
                IntegrityReport.prototype.findings = $util.emptyArray;

                /**
                 * IntegrityReport errors.
                 * @member {number} errors
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @instance
                 */
                IntegrityReport.prototype.errors = 0;

                /**
                 * IntegrityReport warnings.
                 * @member {number} warnings
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @instance
                 */
                IntegrityReport.prototype.warnings = 0;

                /**
                 * IntegrityReport databases.
                 * @member {Array.<ecp.admin.v1.CheckedDatabase.$Properties>} databases
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @instance
                 */
                IntegrityReport.prototype.databases = $util.emptyArray;

                /**
                 * IntegrityReport journal.
                 * @member {ecp.admin.v1.CheckedJournal.$Properties|null|undefined} journal
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @instance
                 */
                IntegrityReport.prototype.journal = null;

                /**
                 * Encodes the specified IntegrityReport message. Does not implicitly {@link ecp.admin.v1.IntegrityReport.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @static
                 * @param {ecp.admin.v1.IntegrityReport.$Properties} message IntegrityReport message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                IntegrityReport.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.findings != null && message.findings.length)
                        for (let i = 0; i < message.findings.length; ++i)
                            $root.ecp.admin.v1.IntegrityFinding.encode(message.findings[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.errors != null && $Object.hasOwnProperty.call(message, "errors") && message.errors !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.errors);
                    if (message.warnings != null && $Object.hasOwnProperty.call(message, "warnings") && message.warnings !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.warnings);
                    if (message.databases != null && message.databases.length)
                        for (let i = 0; i < message.databases.length; ++i)
                            $root.ecp.admin.v1.CheckedDatabase.encode(message.databases[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.journal != null && $Object.hasOwnProperty.call(message, "journal"))
                        $root.ecp.admin.v1.CheckedJournal.encode(message.journal, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an IntegrityReport message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.IntegrityReport
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.IntegrityReport & ecp.admin.v1.IntegrityReport.$Shape} IntegrityReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                IntegrityReport.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.IntegrityReport();
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
                                if (!(message.findings && message.findings.length))
                                    message.findings = [];
                                message.findings.push($root.ecp.admin.v1.IntegrityFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.errors = value;
                                else
                                    delete message.errors;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.warnings = value;
                                else
                                    delete message.warnings;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.databases && message.databases.length))
                                    message.databases = [];
                                message.databases.push($root.ecp.admin.v1.CheckedDatabase.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.journal = $root.ecp.admin.v1.CheckedJournal.decode(reader, reader.size(), $undefined, _depth + 1, message.journal);
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

                return IntegrityReport;
            })();

            v1.IntegrityFinding = (function() {

                /**
                 * Properties of an IntegrityFinding.
                 * @typedef {Object} ecp.admin.v1.IntegrityFinding.$Properties
                 * @property {string|null} [severity] IntegrityFinding severity
                 * @property {string|null} [place] IntegrityFinding place
                 * @property {string|null} [problem] IntegrityFinding problem
                 * @property {string|null} [consequence] IntegrityFinding consequence
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an IntegrityFinding.
                 * @memberof ecp.admin.v1
                 * @interface IIntegrityFinding
                 * @augments ecp.admin.v1.IntegrityFinding.$Properties
                 * @deprecated Use ecp.admin.v1.IntegrityFinding.$Properties instead.
                 */

                /**
                 * Shape of an IntegrityFinding.
                 * @typedef {ecp.admin.v1.IntegrityFinding.$Properties} ecp.admin.v1.IntegrityFinding.$Shape
                 */

                /**
                 * Constructs a new IntegrityFinding.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents an IntegrityFinding.
                 * @constructor
                 * @param {ecp.admin.v1.IntegrityFinding.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const IntegrityFinding = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * IntegrityFinding severity.
                 * @member {string} severity
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @instance
                 */
                IntegrityFinding.prototype.severity = "";

                /**
                 * IntegrityFinding place.
                 * @member {string} place
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @instance
                 */
                IntegrityFinding.prototype.place = "";

                /**
                 * IntegrityFinding problem.
                 * @member {string} problem
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @instance
                 */
                IntegrityFinding.prototype.problem = "";

                /**
                 * IntegrityFinding consequence.
                 * @member {string} consequence
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @instance
                 */
                IntegrityFinding.prototype.consequence = "";

                /**
                 * Encodes the specified IntegrityFinding message. Does not implicitly {@link ecp.admin.v1.IntegrityFinding.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @static
                 * @param {ecp.admin.v1.IntegrityFinding.$Properties} message IntegrityFinding message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                IntegrityFinding.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.severity);
                    if (message.place != null && $Object.hasOwnProperty.call(message, "place") && message.place !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.place);
                    if (message.problem != null && $Object.hasOwnProperty.call(message, "problem") && message.problem !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.problem);
                    if (message.consequence != null && $Object.hasOwnProperty.call(message, "consequence") && message.consequence !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.consequence);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an IntegrityFinding message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.IntegrityFinding
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.IntegrityFinding & ecp.admin.v1.IntegrityFinding.$Shape} IntegrityFinding
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                IntegrityFinding.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.IntegrityFinding();
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
                                    message.severity = value;
                                else
                                    delete message.severity;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.place = value;
                                else
                                    delete message.place;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.problem = value;
                                else
                                    delete message.problem;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.consequence = value;
                                else
                                    delete message.consequence;
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

                return IntegrityFinding;
            })();

            v1.CheckedDatabase = (function() {

                /**
                 * Properties of a CheckedDatabase.
                 * @typedef {Object} ecp.admin.v1.CheckedDatabase.$Properties
                 * @property {string|null} [name] CheckedDatabase name
                 * @property {number|null} [blocks] CheckedDatabase blocks
                 * @property {number|null} [nodes] CheckedDatabase nodes
                 * @property {number|null} [blockBytes] CheckedDatabase blockBytes
                 * @property {number|null} [capacityBytes] CheckedDatabase capacityBytes
                 * @property {number|null} [longValues] CheckedDatabase longValues
                 * @property {number|null} [longBytes] CheckedDatabase longBytes
                 * @property {number|null} [unchecked] CheckedDatabase unchecked
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckedDatabase.
                 * @memberof ecp.admin.v1
                 * @interface ICheckedDatabase
                 * @augments ecp.admin.v1.CheckedDatabase.$Properties
                 * @deprecated Use ecp.admin.v1.CheckedDatabase.$Properties instead.
                 */

                /**
                 * Shape of a CheckedDatabase.
                 * @typedef {ecp.admin.v1.CheckedDatabase.$Properties} ecp.admin.v1.CheckedDatabase.$Shape
                 */

                /**
                 * Constructs a new CheckedDatabase.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckedDatabase.
                 * @constructor
                 * @param {ecp.admin.v1.CheckedDatabase.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckedDatabase = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckedDatabase name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.name = "";

                /**
                 * CheckedDatabase blocks.
                 * @member {number} blocks
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.blocks = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase nodes.
                 * @member {number} nodes
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.nodes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase blockBytes.
                 * @member {number} blockBytes
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.blockBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase capacityBytes.
                 * @member {number} capacityBytes
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.capacityBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase longValues.
                 * @member {number} longValues
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.longValues = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase longBytes.
                 * @member {number} longBytes
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.longBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedDatabase unchecked.
                 * @member {number} unchecked
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @instance
                 */
                CheckedDatabase.prototype.unchecked = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified CheckedDatabase message. Does not implicitly {@link ecp.admin.v1.CheckedDatabase.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @static
                 * @param {ecp.admin.v1.CheckedDatabase.$Properties} message CheckedDatabase message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckedDatabase.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.blocks != null && $Object.hasOwnProperty.call(message, "blocks") && (typeof message.blocks === "object" ? message.blocks.low || message.blocks.high : message.blocks !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.blocks);
                    if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes") && (typeof message.nodes === "object" ? message.nodes.low || message.nodes.high : message.nodes !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.nodes);
                    if (message.blockBytes != null && $Object.hasOwnProperty.call(message, "blockBytes") && (typeof message.blockBytes === "object" ? message.blockBytes.low || message.blockBytes.high : message.blockBytes !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.blockBytes);
                    if (message.capacityBytes != null && $Object.hasOwnProperty.call(message, "capacityBytes") && (typeof message.capacityBytes === "object" ? message.capacityBytes.low || message.capacityBytes.high : message.capacityBytes !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.capacityBytes);
                    if (message.longValues != null && $Object.hasOwnProperty.call(message, "longValues") && (typeof message.longValues === "object" ? message.longValues.low || message.longValues.high : message.longValues !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.longValues);
                    if (message.longBytes != null && $Object.hasOwnProperty.call(message, "longBytes") && (typeof message.longBytes === "object" ? message.longBytes.low || message.longBytes.high : message.longBytes !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.longBytes);
                    if (message.unchecked != null && $Object.hasOwnProperty.call(message, "unchecked") && (typeof message.unchecked === "object" ? message.unchecked.low || message.unchecked.high : message.unchecked !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.unchecked);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckedDatabase message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckedDatabase
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckedDatabase & ecp.admin.v1.CheckedDatabase.$Shape} CheckedDatabase
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckedDatabase.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckedDatabase();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.blocks = value;
                                else
                                    delete message.blocks;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nodes = value;
                                else
                                    delete message.nodes;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.blockBytes = value;
                                else
                                    delete message.blockBytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.capacityBytes = value;
                                else
                                    delete message.capacityBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.longValues = value;
                                else
                                    delete message.longValues;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.longBytes = value;
                                else
                                    delete message.longBytes;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.unchecked = value;
                                else
                                    delete message.unchecked;
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

                return CheckedDatabase;
            })();

            v1.CheckedJournal = (function() {

                /**
                 * Properties of a CheckedJournal.
                 * @typedef {Object} ecp.admin.v1.CheckedJournal.$Properties
                 * @property {number|null} [segments] CheckedJournal segments
                 * @property {number|null} [records] CheckedJournal records
                 * @property {number|null} [bytes] CheckedJournal bytes
                 * @property {number|null} [openTransactions] CheckedJournal openTransactions
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckedJournal.
                 * @memberof ecp.admin.v1
                 * @interface ICheckedJournal
                 * @augments ecp.admin.v1.CheckedJournal.$Properties
                 * @deprecated Use ecp.admin.v1.CheckedJournal.$Properties instead.
                 */

                /**
                 * Shape of a CheckedJournal.
                 * @typedef {ecp.admin.v1.CheckedJournal.$Properties} ecp.admin.v1.CheckedJournal.$Shape
                 */

                /**
                 * Constructs a new CheckedJournal.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CheckedJournal.
                 * @constructor
                 * @param {ecp.admin.v1.CheckedJournal.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckedJournal = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckedJournal segments.
                 * @member {number} segments
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @instance
                 */
                CheckedJournal.prototype.segments = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedJournal records.
                 * @member {number} records
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @instance
                 */
                CheckedJournal.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedJournal bytes.
                 * @member {number} bytes
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @instance
                 */
                CheckedJournal.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CheckedJournal openTransactions.
                 * @member {number} openTransactions
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @instance
                 */
                CheckedJournal.prototype.openTransactions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified CheckedJournal message. Does not implicitly {@link ecp.admin.v1.CheckedJournal.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @static
                 * @param {ecp.admin.v1.CheckedJournal.$Properties} message CheckedJournal message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckedJournal.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.segments != null && $Object.hasOwnProperty.call(message, "segments") && (typeof message.segments === "object" ? message.segments.low || message.segments.high : message.segments !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.segments);
                    if (message.records != null && $Object.hasOwnProperty.call(message, "records") && (typeof message.records === "object" ? message.records.low || message.records.high : message.records !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.records);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.bytes);
                    if (message.openTransactions != null && $Object.hasOwnProperty.call(message, "openTransactions") && (typeof message.openTransactions === "object" ? message.openTransactions.low || message.openTransactions.high : message.openTransactions !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.openTransactions);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckedJournal message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CheckedJournal
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CheckedJournal & ecp.admin.v1.CheckedJournal.$Shape} CheckedJournal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckedJournal.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CheckedJournal();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.segments = value;
                                else
                                    delete message.segments;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.records = value;
                                else
                                    delete message.records;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.openTransactions = value;
                                else
                                    delete message.openTransactions;
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

                return CheckedJournal;
            })();

            v1.CompactRequest = (function() {

                /**
                 * Properties of a CompactRequest.
                 * @typedef {Object} ecp.admin.v1.CompactRequest.$Properties
                 * @property {string|null} [database] CompactRequest database
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CompactRequest.
                 * @memberof ecp.admin.v1
                 * @interface ICompactRequest
                 * @augments ecp.admin.v1.CompactRequest.$Properties
                 * @deprecated Use ecp.admin.v1.CompactRequest.$Properties instead.
                 */

                /**
                 * Shape of a CompactRequest.
                 * @typedef {ecp.admin.v1.CompactRequest.$Properties} ecp.admin.v1.CompactRequest.$Shape
                 */

                /**
                 * Constructs a new CompactRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CompactRequest.
                 * @constructor
                 * @param {ecp.admin.v1.CompactRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CompactRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CompactRequest database.
                 * @member {string} database
                 * @memberof ecp.admin.v1.CompactRequest
                 * @instance
                 */
                CompactRequest.prototype.database = "";

                /**
                 * Encodes the specified CompactRequest message. Does not implicitly {@link ecp.admin.v1.CompactRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CompactRequest
                 * @static
                 * @param {ecp.admin.v1.CompactRequest.$Properties} message CompactRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CompactRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.database != null && $Object.hasOwnProperty.call(message, "database") && message.database !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.database);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CompactRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CompactRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CompactRequest & ecp.admin.v1.CompactRequest.$Shape} CompactRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CompactRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CompactRequest();
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
                                    message.database = value;
                                else
                                    delete message.database;
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

                return CompactRequest;
            })();

            v1.CompactProgress = (function() {

                /**
                 * Properties of a CompactProgress.
                 * @typedef {Object} ecp.admin.v1.CompactProgress.$Properties
                 * @property {number|null} [blocks] CompactProgress blocks
                 * @property {number|null} [merged] CompactProgress merged
                 * @property {boolean|null} [done] CompactProgress done
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CompactProgress.
                 * @memberof ecp.admin.v1
                 * @interface ICompactProgress
                 * @augments ecp.admin.v1.CompactProgress.$Properties
                 * @deprecated Use ecp.admin.v1.CompactProgress.$Properties instead.
                 */

                /**
                 * Shape of a CompactProgress.
                 * @typedef {ecp.admin.v1.CompactProgress.$Properties} ecp.admin.v1.CompactProgress.$Shape
                 */

                /**
                 * Constructs a new CompactProgress.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a CompactProgress.
                 * @constructor
                 * @param {ecp.admin.v1.CompactProgress.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CompactProgress = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CompactProgress blocks.
                 * @member {number} blocks
                 * @memberof ecp.admin.v1.CompactProgress
                 * @instance
                 */
                CompactProgress.prototype.blocks = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CompactProgress merged.
                 * @member {number} merged
                 * @memberof ecp.admin.v1.CompactProgress
                 * @instance
                 */
                CompactProgress.prototype.merged = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * CompactProgress done.
                 * @member {boolean} done
                 * @memberof ecp.admin.v1.CompactProgress
                 * @instance
                 */
                CompactProgress.prototype.done = false;

                /**
                 * Encodes the specified CompactProgress message. Does not implicitly {@link ecp.admin.v1.CompactProgress.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.CompactProgress
                 * @static
                 * @param {ecp.admin.v1.CompactProgress.$Properties} message CompactProgress message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CompactProgress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.blocks != null && $Object.hasOwnProperty.call(message, "blocks") && (typeof message.blocks === "object" ? message.blocks.low || message.blocks.high : message.blocks !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.blocks);
                    if (message.merged != null && $Object.hasOwnProperty.call(message, "merged") && (typeof message.merged === "object" ? message.merged.low || message.merged.high : message.merged !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.merged);
                    if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.done);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CompactProgress message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.CompactProgress
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.CompactProgress & ecp.admin.v1.CompactProgress.$Shape} CompactProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CompactProgress.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.CompactProgress();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.blocks = value;
                                else
                                    delete message.blocks;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.merged = value;
                                else
                                    delete message.merged;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.done = value;
                                else
                                    delete message.done;
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

                return CompactProgress;
            })();

            v1.ListBackupsRequest = (function() {

                /**
                 * Properties of a ListBackupsRequest.
                 * @typedef {Object} ecp.admin.v1.ListBackupsRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListBackupsRequest.
                 * @memberof ecp.admin.v1
                 * @interface IListBackupsRequest
                 * @augments ecp.admin.v1.ListBackupsRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ListBackupsRequest.$Properties instead.
                 */

                /**
                 * Shape of a ListBackupsRequest.
                 * @typedef {ecp.admin.v1.ListBackupsRequest.$Properties} ecp.admin.v1.ListBackupsRequest.$Shape
                 */

                /**
                 * Constructs a new ListBackupsRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListBackupsRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ListBackupsRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListBackupsRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified ListBackupsRequest message. Does not implicitly {@link ecp.admin.v1.ListBackupsRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListBackupsRequest
                 * @static
                 * @param {ecp.admin.v1.ListBackupsRequest.$Properties} message ListBackupsRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListBackupsRequest.encode = function (message, writer, _depth) {
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
                 * Decodes a ListBackupsRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListBackupsRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListBackupsRequest & ecp.admin.v1.ListBackupsRequest.$Shape} ListBackupsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListBackupsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListBackupsRequest();
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

                return ListBackupsRequest;
            })();

            v1.ListBackupsReply = (function() {

                /**
                 * Properties of a ListBackupsReply.
                 * @typedef {Object} ecp.admin.v1.ListBackupsReply.$Properties
                 * @property {string|null} [folder] ListBackupsReply folder
                 * @property {Array.<ecp.admin.v1.Backup.$Properties>|null} [backups] ListBackupsReply backups
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListBackupsReply.
                 * @memberof ecp.admin.v1
                 * @interface IListBackupsReply
                 * @augments ecp.admin.v1.ListBackupsReply.$Properties
                 * @deprecated Use ecp.admin.v1.ListBackupsReply.$Properties instead.
                 */

                /**
                 * Shape of a ListBackupsReply.
                 * @typedef {ecp.admin.v1.ListBackupsReply.$Properties} ecp.admin.v1.ListBackupsReply.$Shape
                 */

                /**
                 * Constructs a new ListBackupsReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListBackupsReply.
                 * @constructor
                 * @param {ecp.admin.v1.ListBackupsReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListBackupsReply = function (properties) {
                    this.backups = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListBackupsReply folder.
                 * @member {string} folder
                 * @memberof ecp.admin.v1.ListBackupsReply
                 * @instance
                 */
                ListBackupsReply.prototype.folder = "";

                /**
                 * ListBackupsReply backups.
                 * @member {Array.<ecp.admin.v1.Backup.$Properties>} backups
                 * @memberof ecp.admin.v1.ListBackupsReply
                 * @instance
                 */
                ListBackupsReply.prototype.backups = $util.emptyArray;

                /**
                 * Encodes the specified ListBackupsReply message. Does not implicitly {@link ecp.admin.v1.ListBackupsReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListBackupsReply
                 * @static
                 * @param {ecp.admin.v1.ListBackupsReply.$Properties} message ListBackupsReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListBackupsReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.folder != null && $Object.hasOwnProperty.call(message, "folder") && message.folder !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.folder);
                    if (message.backups != null && message.backups.length)
                        for (let i = 0; i < message.backups.length; ++i)
                            $root.ecp.admin.v1.Backup.encode(message.backups[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListBackupsReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListBackupsReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListBackupsReply & ecp.admin.v1.ListBackupsReply.$Shape} ListBackupsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListBackupsReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListBackupsReply();
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
                                    message.folder = value;
                                else
                                    delete message.folder;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.backups && message.backups.length))
                                    message.backups = [];
                                message.backups.push($root.ecp.admin.v1.Backup.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ListBackupsReply;
            })();

            v1.Backup = (function() {

                /**
                 * Properties of a Backup.
                 * @typedef {Object} ecp.admin.v1.Backup.$Properties
                 * @property {string|null} [name] Backup name
                 * @property {string|null} [problem] Backup problem
                 * @property {number|null} [begunMs] Backup begunMs
                 * @property {number|null} [endedMs] Backup endedMs
                 * @property {number|null} [position] Backup position
                 * @property {number|null} [from] Backup from
                 * @property {number|null} [bytes] Backup bytes
                 * @property {Array.<string>|null} [databases] Backup databases
                 * @property {string|null} [instance] Backup instance
                 * @property {string|null} [productVersion] Backup productVersion
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Backup.
                 * @memberof ecp.admin.v1
                 * @interface IBackup
                 * @augments ecp.admin.v1.Backup.$Properties
                 * @deprecated Use ecp.admin.v1.Backup.$Properties instead.
                 */

                /**
                 * Shape of a Backup.
                 * @typedef {ecp.admin.v1.Backup.$Properties} ecp.admin.v1.Backup.$Shape
                 */

                /**
                 * Constructs a new Backup.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a Backup.
                 * @constructor
                 * @param {ecp.admin.v1.Backup.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Backup = function (properties) {
                    this.databases = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Backup name.
                 * @member {string} name
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.name = "";

                /**
                 * Backup problem.
                 * @member {string} problem
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.problem = "";

                /**
                 * Backup begunMs.
                 * @member {number} begunMs
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.begunMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Backup endedMs.
                 * @member {number} endedMs
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.endedMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Backup position.
                 * @member {number} position
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Backup from.
                 * @member {number} from
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Backup bytes.
                 * @member {number} bytes
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Backup databases.
                 * @member {Array.<string>} databases
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.databases = $util.emptyArray;

                /**
                 * Backup instance.
                 * @member {string} instance
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.instance = "";

                /**
                 * Backup productVersion.
                 * @member {string} productVersion
                 * @memberof ecp.admin.v1.Backup
                 * @instance
                 */
                Backup.prototype.productVersion = "";

                /**
                 * Encodes the specified Backup message. Does not implicitly {@link ecp.admin.v1.Backup.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Backup
                 * @static
                 * @param {ecp.admin.v1.Backup.$Properties} message Backup message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Backup.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.problem != null && $Object.hasOwnProperty.call(message, "problem") && message.problem !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.problem);
                    if (message.begunMs != null && $Object.hasOwnProperty.call(message, "begunMs") && (typeof message.begunMs === "object" ? message.begunMs.low || message.begunMs.high : message.begunMs !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.begunMs);
                    if (message.endedMs != null && $Object.hasOwnProperty.call(message, "endedMs") && (typeof message.endedMs === "object" ? message.endedMs.low || message.endedMs.high : message.endedMs !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.endedMs);
                    if (message.position != null && $Object.hasOwnProperty.call(message, "position") && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.position);
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.from);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.bytes);
                    if (message.databases != null && message.databases.length)
                        for (let i = 0; i < message.databases.length; ++i)
                            writer.uint32(/* id 8, wireType 2 =*/66).string(message.databases[i]);
                    if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                        writer.uint32(/* id 9, wireType 2 =*/74).string(message.instance);
                    if (message.productVersion != null && $Object.hasOwnProperty.call(message, "productVersion") && message.productVersion !== "")
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.productVersion);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Backup message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Backup
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Backup & ecp.admin.v1.Backup.$Shape} Backup
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Backup.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Backup();
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
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.problem = value;
                                else
                                    delete message.problem;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.begunMs = value;
                                else
                                    delete message.begunMs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.endedMs = value;
                                else
                                    delete message.endedMs;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.position = value;
                                else
                                    delete message.position;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.databases && message.databases.length))
                                    message.databases = [];
                                message.databases.push(reader.stringVerify());
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.instance = value;
                                else
                                    delete message.instance;
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

                return Backup;
            })();

            v1.ListTransactionsRequest = (function() {

                /**
                 * Properties of a ListTransactionsRequest.
                 * @typedef {Object} ecp.admin.v1.ListTransactionsRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListTransactionsRequest.
                 * @memberof ecp.admin.v1
                 * @interface IListTransactionsRequest
                 * @augments ecp.admin.v1.ListTransactionsRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ListTransactionsRequest.$Properties instead.
                 */

                /**
                 * Shape of a ListTransactionsRequest.
                 * @typedef {ecp.admin.v1.ListTransactionsRequest.$Properties} ecp.admin.v1.ListTransactionsRequest.$Shape
                 */

                /**
                 * Constructs a new ListTransactionsRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListTransactionsRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ListTransactionsRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListTransactionsRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified ListTransactionsRequest message. Does not implicitly {@link ecp.admin.v1.ListTransactionsRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListTransactionsRequest
                 * @static
                 * @param {ecp.admin.v1.ListTransactionsRequest.$Properties} message ListTransactionsRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListTransactionsRequest.encode = function (message, writer, _depth) {
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
                 * Decodes a ListTransactionsRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListTransactionsRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListTransactionsRequest & ecp.admin.v1.ListTransactionsRequest.$Shape} ListTransactionsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListTransactionsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListTransactionsRequest();
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

                return ListTransactionsRequest;
            })();

            v1.ListTransactionsReply = (function() {

                /**
                 * Properties of a ListTransactionsReply.
                 * @typedef {Object} ecp.admin.v1.ListTransactionsReply.$Properties
                 * @property {Array.<ecp.admin.v1.Transaction.$Properties>|null} [transactions] ListTransactionsReply transactions
                 * @property {number|null} [journalPosition] ListTransactionsReply journalPosition
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListTransactionsReply.
                 * @memberof ecp.admin.v1
                 * @interface IListTransactionsReply
                 * @augments ecp.admin.v1.ListTransactionsReply.$Properties
                 * @deprecated Use ecp.admin.v1.ListTransactionsReply.$Properties instead.
                 */

                /**
                 * Shape of a ListTransactionsReply.
                 * @typedef {ecp.admin.v1.ListTransactionsReply.$Properties} ecp.admin.v1.ListTransactionsReply.$Shape
                 */

                /**
                 * Constructs a new ListTransactionsReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListTransactionsReply.
                 * @constructor
                 * @param {ecp.admin.v1.ListTransactionsReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListTransactionsReply = function (properties) {
                    this.transactions = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListTransactionsReply transactions.
                 * @member {Array.<ecp.admin.v1.Transaction.$Properties>} transactions
                 * @memberof ecp.admin.v1.ListTransactionsReply
                 * @instance
                 */
                ListTransactionsReply.prototype.transactions = $util.emptyArray;

                /**
                 * ListTransactionsReply journalPosition.
                 * @member {number} journalPosition
                 * @memberof ecp.admin.v1.ListTransactionsReply
                 * @instance
                 */
                ListTransactionsReply.prototype.journalPosition = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified ListTransactionsReply message. Does not implicitly {@link ecp.admin.v1.ListTransactionsReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListTransactionsReply
                 * @static
                 * @param {ecp.admin.v1.ListTransactionsReply.$Properties} message ListTransactionsReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListTransactionsReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.transactions != null && message.transactions.length)
                        for (let i = 0; i < message.transactions.length; ++i)
                            $root.ecp.admin.v1.Transaction.encode(message.transactions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.journalPosition != null && $Object.hasOwnProperty.call(message, "journalPosition") && (typeof message.journalPosition === "object" ? message.journalPosition.low || message.journalPosition.high : message.journalPosition !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.journalPosition);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListTransactionsReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListTransactionsReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListTransactionsReply & ecp.admin.v1.ListTransactionsReply.$Shape} ListTransactionsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListTransactionsReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListTransactionsReply();
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
                                if (!(message.transactions && message.transactions.length))
                                    message.transactions = [];
                                message.transactions.push($root.ecp.admin.v1.Transaction.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.journalPosition = value;
                                else
                                    delete message.journalPosition;
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

                return ListTransactionsReply;
            })();

            v1.Transaction = (function() {

                /**
                 * Properties of a Transaction.
                 * @typedef {Object} ecp.admin.v1.Transaction.$Properties
                 * @property {number|null} [number] Transaction number
                 * @property {number|null} [ageMs] Transaction ageMs
                 * @property {number|null} [job] Transaction job
                 * @property {string|null} [appServer] Transaction appServer
                 * @property {number|null} [level] Transaction level
                 * @property {Array.<string>|null} [databases] Transaction databases
                 * @property {number|null} [firstPosition] Transaction firstPosition
                 * @property {number|null} [pinnedBytes] Transaction pinnedBytes
                 * @property {string|null} [waitsFor] Transaction waitsFor
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Transaction.
                 * @memberof ecp.admin.v1
                 * @interface ITransaction
                 * @augments ecp.admin.v1.Transaction.$Properties
                 * @deprecated Use ecp.admin.v1.Transaction.$Properties instead.
                 */

                /**
                 * Shape of a Transaction.
                 * @typedef {ecp.admin.v1.Transaction.$Properties} ecp.admin.v1.Transaction.$Shape
                 */

                /**
                 * Constructs a new Transaction.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a Transaction.
                 * @constructor
                 * @param {ecp.admin.v1.Transaction.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Transaction = function (properties) {
                    this.databases = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Transaction number.
                 * @member {number} number
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Transaction ageMs.
                 * @member {number} ageMs
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.ageMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Transaction job.
                 * @member {number} job
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.job = 0;

                /**
                 * Transaction appServer.
                 * @member {string} appServer
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.appServer = "";

                /**
                 * Transaction level.
                 * @member {number} level
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.level = 0;

                /**
                 * Transaction databases.
                 * @member {Array.<string>} databases
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.databases = $util.emptyArray;

                /**
                 * Transaction firstPosition.
                 * @member {number} firstPosition
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.firstPosition = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Transaction pinnedBytes.
                 * @member {number} pinnedBytes
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.pinnedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Transaction waitsFor.
                 * @member {string} waitsFor
                 * @memberof ecp.admin.v1.Transaction
                 * @instance
                 */
                Transaction.prototype.waitsFor = "";

                /**
                 * Encodes the specified Transaction message. Does not implicitly {@link ecp.admin.v1.Transaction.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.Transaction
                 * @static
                 * @param {ecp.admin.v1.Transaction.$Properties} message Transaction message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Transaction.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.number);
                    if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && (typeof message.ageMs === "object" ? message.ageMs.low || message.ageMs.high : message.ageMs !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.ageMs);
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.job);
                    if (message.appServer != null && $Object.hasOwnProperty.call(message, "appServer") && message.appServer !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.appServer);
                    if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.level);
                    if (message.databases != null && message.databases.length)
                        for (let i = 0; i < message.databases.length; ++i)
                            writer.uint32(/* id 6, wireType 2 =*/50).string(message.databases[i]);
                    if (message.firstPosition != null && $Object.hasOwnProperty.call(message, "firstPosition") && (typeof message.firstPosition === "object" ? message.firstPosition.low || message.firstPosition.high : message.firstPosition !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.firstPosition);
                    if (message.pinnedBytes != null && $Object.hasOwnProperty.call(message, "pinnedBytes") && (typeof message.pinnedBytes === "object" ? message.pinnedBytes.low || message.pinnedBytes.high : message.pinnedBytes !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.pinnedBytes);
                    if (message.waitsFor != null && $Object.hasOwnProperty.call(message, "waitsFor") && message.waitsFor !== "")
                        writer.uint32(/* id 9, wireType 2 =*/74).string(message.waitsFor);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Transaction message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.Transaction
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.Transaction & ecp.admin.v1.Transaction.$Shape} Transaction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Transaction.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.Transaction();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ageMs = value;
                                else
                                    delete message.ageMs;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.job = value;
                                else
                                    delete message.job;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.appServer = value;
                                else
                                    delete message.appServer;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.level = value;
                                else
                                    delete message.level;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.databases && message.databases.length))
                                    message.databases = [];
                                message.databases.push(reader.stringVerify());
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstPosition = value;
                                else
                                    delete message.firstPosition;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.pinnedBytes = value;
                                else
                                    delete message.pinnedBytes;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.waitsFor = value;
                                else
                                    delete message.waitsFor;
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

                return Transaction;
            })();

            v1.RollBackTransactionRequest = (function() {

                /**
                 * Properties of a RollBackTransactionRequest.
                 * @typedef {Object} ecp.admin.v1.RollBackTransactionRequest.$Properties
                 * @property {number|null} [number] RollBackTransactionRequest number
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RollBackTransactionRequest.
                 * @memberof ecp.admin.v1
                 * @interface IRollBackTransactionRequest
                 * @augments ecp.admin.v1.RollBackTransactionRequest.$Properties
                 * @deprecated Use ecp.admin.v1.RollBackTransactionRequest.$Properties instead.
                 */

                /**
                 * Shape of a RollBackTransactionRequest.
                 * @typedef {ecp.admin.v1.RollBackTransactionRequest.$Properties} ecp.admin.v1.RollBackTransactionRequest.$Shape
                 */

                /**
                 * Constructs a new RollBackTransactionRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a RollBackTransactionRequest.
                 * @constructor
                 * @param {ecp.admin.v1.RollBackTransactionRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RollBackTransactionRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RollBackTransactionRequest number.
                 * @member {number} number
                 * @memberof ecp.admin.v1.RollBackTransactionRequest
                 * @instance
                 */
                RollBackTransactionRequest.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified RollBackTransactionRequest message. Does not implicitly {@link ecp.admin.v1.RollBackTransactionRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.RollBackTransactionRequest
                 * @static
                 * @param {ecp.admin.v1.RollBackTransactionRequest.$Properties} message RollBackTransactionRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RollBackTransactionRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.number);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RollBackTransactionRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.RollBackTransactionRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RollBackTransactionRequest & ecp.admin.v1.RollBackTransactionRequest.$Shape} RollBackTransactionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RollBackTransactionRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.RollBackTransactionRequest();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
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

                return RollBackTransactionRequest;
            })();

            v1.RollBackTransactionReply = (function() {

                /**
                 * Properties of a RollBackTransactionReply.
                 * @typedef {Object} ecp.admin.v1.RollBackTransactionReply.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RollBackTransactionReply.
                 * @memberof ecp.admin.v1
                 * @interface IRollBackTransactionReply
                 * @augments ecp.admin.v1.RollBackTransactionReply.$Properties
                 * @deprecated Use ecp.admin.v1.RollBackTransactionReply.$Properties instead.
                 */

                /**
                 * Shape of a RollBackTransactionReply.
                 * @typedef {ecp.admin.v1.RollBackTransactionReply.$Properties} ecp.admin.v1.RollBackTransactionReply.$Shape
                 */

                /**
                 * Constructs a new RollBackTransactionReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a RollBackTransactionReply.
                 * @constructor
                 * @param {ecp.admin.v1.RollBackTransactionReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RollBackTransactionReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified RollBackTransactionReply message. Does not implicitly {@link ecp.admin.v1.RollBackTransactionReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.RollBackTransactionReply
                 * @static
                 * @param {ecp.admin.v1.RollBackTransactionReply.$Properties} message RollBackTransactionReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RollBackTransactionReply.encode = function (message, writer, _depth) {
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
                 * Decodes a RollBackTransactionReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.RollBackTransactionReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RollBackTransactionReply & ecp.admin.v1.RollBackTransactionReply.$Shape} RollBackTransactionReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RollBackTransactionReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.RollBackTransactionReply();
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

                return RollBackTransactionReply;
            })();

            v1.LockJob = (function() {

                /**
                 * Properties of a LockJob.
                 * @typedef {Object} ecp.admin.v1.LockJob.$Properties
                 * @property {number|null} [job] LockJob job
                 * @property {string|null} [appServer] LockJob appServer
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LockJob.
                 * @memberof ecp.admin.v1
                 * @interface ILockJob
                 * @augments ecp.admin.v1.LockJob.$Properties
                 * @deprecated Use ecp.admin.v1.LockJob.$Properties instead.
                 */

                /**
                 * Shape of a LockJob.
                 * @typedef {ecp.admin.v1.LockJob.$Properties} ecp.admin.v1.LockJob.$Shape
                 */

                /**
                 * Constructs a new LockJob.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a LockJob.
                 * @constructor
                 * @param {ecp.admin.v1.LockJob.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LockJob = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LockJob job.
                 * @member {number} job
                 * @memberof ecp.admin.v1.LockJob
                 * @instance
                 */
                LockJob.prototype.job = 0;

                /**
                 * LockJob appServer.
                 * @member {string} appServer
                 * @memberof ecp.admin.v1.LockJob
                 * @instance
                 */
                LockJob.prototype.appServer = "";

                /**
                 * Encodes the specified LockJob message. Does not implicitly {@link ecp.admin.v1.LockJob.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.LockJob
                 * @static
                 * @param {ecp.admin.v1.LockJob.$Properties} message LockJob message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LockJob.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.job);
                    if (message.appServer != null && $Object.hasOwnProperty.call(message, "appServer") && message.appServer !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.appServer);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LockJob message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.LockJob
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockJob & ecp.admin.v1.LockJob.$Shape} LockJob
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LockJob.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.LockJob();
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
                                if ((value = reader.stringVerify()).length)
                                    message.appServer = value;
                                else
                                    delete message.appServer;
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

                return LockJob;
            })();

            v1.ListLocksRequest = (function() {

                /**
                 * Properties of a ListLocksRequest.
                 * @typedef {Object} ecp.admin.v1.ListLocksRequest.$Properties
                 * @property {number|null} [limit] ListLocksRequest limit
                 * @property {ecp.admin.v1.LockCursor.$Properties|null} [after] ListLocksRequest after
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListLocksRequest.
                 * @memberof ecp.admin.v1
                 * @interface IListLocksRequest
                 * @augments ecp.admin.v1.ListLocksRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ListLocksRequest.$Properties instead.
                 */

                /**
                 * Shape of a ListLocksRequest.
                 * @typedef {ecp.admin.v1.ListLocksRequest.$Properties} ecp.admin.v1.ListLocksRequest.$Shape
                 */

                /**
                 * Constructs a new ListLocksRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListLocksRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ListLocksRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListLocksRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListLocksRequest limit.
                 * @member {number} limit
                 * @memberof ecp.admin.v1.ListLocksRequest
                 * @instance
                 */
                ListLocksRequest.prototype.limit = 0;

                /**
                 * ListLocksRequest after.
                 * @member {ecp.admin.v1.LockCursor.$Properties|null|undefined} after
                 * @memberof ecp.admin.v1.ListLocksRequest
                 * @instance
                 */
                ListLocksRequest.prototype.after = null;

                /**
                 * Encodes the specified ListLocksRequest message. Does not implicitly {@link ecp.admin.v1.ListLocksRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListLocksRequest
                 * @static
                 * @param {ecp.admin.v1.ListLocksRequest.$Properties} message ListLocksRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListLocksRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.limit);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                        $root.ecp.admin.v1.LockCursor.encode(message.after, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListLocksRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListLocksRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLocksRequest & ecp.admin.v1.ListLocksRequest.$Shape} ListLocksRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListLocksRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListLocksRequest();
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
                                message.after = $root.ecp.admin.v1.LockCursor.decode(reader, reader.size(), $undefined, _depth + 1, message.after);
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

                return ListLocksRequest;
            })();

            v1.LockCursor = (function() {

                /**
                 * Properties of a LockCursor.
                 * @typedef {Object} ecp.admin.v1.LockCursor.$Properties
                 * @property {ecp.admin.v1.LockJob.$Properties|null} [job] LockCursor job
                 * @property {number|null} [listed] LockCursor listed
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LockCursor.
                 * @memberof ecp.admin.v1
                 * @interface ILockCursor
                 * @augments ecp.admin.v1.LockCursor.$Properties
                 * @deprecated Use ecp.admin.v1.LockCursor.$Properties instead.
                 */

                /**
                 * Shape of a LockCursor.
                 * @typedef {ecp.admin.v1.LockCursor.$Properties} ecp.admin.v1.LockCursor.$Shape
                 */

                /**
                 * Constructs a new LockCursor.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a LockCursor.
                 * @constructor
                 * @param {ecp.admin.v1.LockCursor.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LockCursor = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LockCursor job.
                 * @member {ecp.admin.v1.LockJob.$Properties|null|undefined} job
                 * @memberof ecp.admin.v1.LockCursor
                 * @instance
                 */
                LockCursor.prototype.job = null;

                /**
                 * LockCursor listed.
                 * @member {number} listed
                 * @memberof ecp.admin.v1.LockCursor
                 * @instance
                 */
                LockCursor.prototype.listed = 0;

                /**
                 * Encodes the specified LockCursor message. Does not implicitly {@link ecp.admin.v1.LockCursor.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.LockCursor
                 * @static
                 * @param {ecp.admin.v1.LockCursor.$Properties} message LockCursor message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LockCursor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                        $root.ecp.admin.v1.LockJob.encode(message.job, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.listed != null && $Object.hasOwnProperty.call(message, "listed") && message.listed !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.listed);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LockCursor message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.LockCursor
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockCursor & ecp.admin.v1.LockCursor.$Shape} LockCursor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LockCursor.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.LockCursor();
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
                                message.job = $root.ecp.admin.v1.LockJob.decode(reader, reader.size(), $undefined, _depth + 1, message.job);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.listed = value;
                                else
                                    delete message.listed;
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

                return LockCursor;
            })();

            v1.ListLocksReply = (function() {

                /**
                 * Properties of a ListLocksReply.
                 * @typedef {Object} ecp.admin.v1.ListLocksReply.$Properties
                 * @property {Array.<ecp.admin.v1.HeldLock.$Properties>|null} [locks] ListLocksReply locks
                 * @property {ecp.admin.v1.LockCursor.$Properties|null} [next] ListLocksReply next
                 * @property {number|null} [held] ListLocksReply held
                 * @property {number|null} [waiting] ListLocksReply waiting
                 * @property {number|null} [limit] ListLocksReply limit
                 * @property {number|null} [appServerLimit] ListLocksReply appServerLimit
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListLocksReply.
                 * @memberof ecp.admin.v1
                 * @interface IListLocksReply
                 * @augments ecp.admin.v1.ListLocksReply.$Properties
                 * @deprecated Use ecp.admin.v1.ListLocksReply.$Properties instead.
                 */

                /**
                 * Shape of a ListLocksReply.
                 * @typedef {ecp.admin.v1.ListLocksReply.$Properties} ecp.admin.v1.ListLocksReply.$Shape
                 */

                /**
                 * Constructs a new ListLocksReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListLocksReply.
                 * @constructor
                 * @param {ecp.admin.v1.ListLocksReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListLocksReply = function (properties) {
                    this.locks = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListLocksReply locks.
                 * @member {Array.<ecp.admin.v1.HeldLock.$Properties>} locks
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.locks = $util.emptyArray;

                /**
                 * ListLocksReply next.
                 * @member {ecp.admin.v1.LockCursor.$Properties|null|undefined} next
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.next = null;

                /**
                 * ListLocksReply held.
                 * @member {number} held
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.held = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * ListLocksReply waiting.
                 * @member {number} waiting
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.waiting = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * ListLocksReply limit.
                 * @member {number} limit
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.limit = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * ListLocksReply appServerLimit.
                 * @member {number} appServerLimit
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @instance
                 */
                ListLocksReply.prototype.appServerLimit = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified ListLocksReply message. Does not implicitly {@link ecp.admin.v1.ListLocksReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @static
                 * @param {ecp.admin.v1.ListLocksReply.$Properties} message ListLocksReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListLocksReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.locks != null && message.locks.length)
                        for (let i = 0; i < message.locks.length; ++i)
                            $root.ecp.admin.v1.HeldLock.encode(message.locks[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.next != null && $Object.hasOwnProperty.call(message, "next"))
                        $root.ecp.admin.v1.LockCursor.encode(message.next, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.held != null && $Object.hasOwnProperty.call(message, "held") && (typeof message.held === "object" ? message.held.low || message.held.high : message.held !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.held);
                    if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting") && (typeof message.waiting === "object" ? message.waiting.low || message.waiting.high : message.waiting !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.waiting);
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && (typeof message.limit === "object" ? message.limit.low || message.limit.high : message.limit !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.limit);
                    if (message.appServerLimit != null && $Object.hasOwnProperty.call(message, "appServerLimit") && (typeof message.appServerLimit === "object" ? message.appServerLimit.low || message.appServerLimit.high : message.appServerLimit !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.appServerLimit);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListLocksReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListLocksReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLocksReply & ecp.admin.v1.ListLocksReply.$Shape} ListLocksReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListLocksReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListLocksReply();
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
                                if (!(message.locks && message.locks.length))
                                    message.locks = [];
                                message.locks.push($root.ecp.admin.v1.HeldLock.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.next = $root.ecp.admin.v1.LockCursor.decode(reader, reader.size(), $undefined, _depth + 1, message.next);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.held = value;
                                else
                                    delete message.held;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.waiting = value;
                                else
                                    delete message.waiting;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.limit = value;
                                else
                                    delete message.limit;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.appServerLimit = value;
                                else
                                    delete message.appServerLimit;
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

                return ListLocksReply;
            })();

            v1.HeldLock = (function() {

                /**
                 * Properties of a HeldLock.
                 * @typedef {Object} ecp.admin.v1.HeldLock.$Properties
                 * @property {ecp.admin.v1.LockJob.$Properties|null} [owner] HeldLock owner
                 * @property {ecp.admin.v1.LockName.$Properties|null} [name] HeldLock name
                 * @property {number|null} [exclusive] HeldLock exclusive
                 * @property {number|null} [shared] HeldLock shared
                 * @property {number|null} [escalated] HeldLock escalated
                 * @property {number|null} [ageMs] HeldLock ageMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a HeldLock.
                 * @memberof ecp.admin.v1
                 * @interface IHeldLock
                 * @augments ecp.admin.v1.HeldLock.$Properties
                 * @deprecated Use ecp.admin.v1.HeldLock.$Properties instead.
                 */

                /**
                 * Shape of a HeldLock.
                 * @typedef {ecp.admin.v1.HeldLock.$Properties} ecp.admin.v1.HeldLock.$Shape
                 */

                /**
                 * Constructs a new HeldLock.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a HeldLock.
                 * @constructor
                 * @param {ecp.admin.v1.HeldLock.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const HeldLock = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * HeldLock owner.
                 * @member {ecp.admin.v1.LockJob.$Properties|null|undefined} owner
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.owner = null;

                /**
                 * HeldLock name.
                 * @member {ecp.admin.v1.LockName.$Properties|null|undefined} name
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.name = null;

                /**
                 * HeldLock exclusive.
                 * @member {number} exclusive
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.exclusive = 0;

                /**
                 * HeldLock shared.
                 * @member {number} shared
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.shared = 0;

                /**
                 * HeldLock escalated.
                 * @member {number} escalated
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.escalated = 0;

                /**
                 * HeldLock ageMs.
                 * @member {number} ageMs
                 * @memberof ecp.admin.v1.HeldLock
                 * @instance
                 */
                HeldLock.prototype.ageMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified HeldLock message. Does not implicitly {@link ecp.admin.v1.HeldLock.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.HeldLock
                 * @static
                 * @param {ecp.admin.v1.HeldLock.$Properties} message HeldLock message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                HeldLock.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                        $root.ecp.admin.v1.LockJob.encode(message.owner, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        $root.ecp.admin.v1.LockName.encode(message.name, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.exclusive != null && $Object.hasOwnProperty.call(message, "exclusive") && message.exclusive !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.exclusive);
                    if (message.shared != null && $Object.hasOwnProperty.call(message, "shared") && message.shared !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.shared);
                    if (message.escalated != null && $Object.hasOwnProperty.call(message, "escalated") && message.escalated !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.escalated);
                    if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && (typeof message.ageMs === "object" ? message.ageMs.low || message.ageMs.high : message.ageMs !== 0))
                        writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.ageMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a HeldLock message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.HeldLock
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.HeldLock & ecp.admin.v1.HeldLock.$Shape} HeldLock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                HeldLock.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.HeldLock();
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
                                message.owner = $root.ecp.admin.v1.LockJob.decode(reader, reader.size(), $undefined, _depth + 1, message.owner);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.name = $root.ecp.admin.v1.LockName.decode(reader, reader.size(), $undefined, _depth + 1, message.name);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.exclusive = value;
                                else
                                    delete message.exclusive;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.shared = value;
                                else
                                    delete message.shared;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.escalated = value;
                                else
                                    delete message.escalated;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ageMs = value;
                                else
                                    delete message.ageMs;
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

                return HeldLock;
            })();

            v1.LockName = (function() {

                /**
                 * Properties of a LockName.
                 * @typedef {Object} ecp.admin.v1.LockName.$Properties
                 * @property {string|null} [database] LockName database
                 * @property {string|null} [reference] LockName reference
                 * @property {boolean|null} [shared] LockName shared
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LockName.
                 * @memberof ecp.admin.v1
                 * @interface ILockName
                 * @augments ecp.admin.v1.LockName.$Properties
                 * @deprecated Use ecp.admin.v1.LockName.$Properties instead.
                 */

                /**
                 * Shape of a LockName.
                 * @typedef {ecp.admin.v1.LockName.$Properties} ecp.admin.v1.LockName.$Shape
                 */

                /**
                 * Constructs a new LockName.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a LockName.
                 * @constructor
                 * @param {ecp.admin.v1.LockName.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LockName = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LockName database.
                 * @member {string} database
                 * @memberof ecp.admin.v1.LockName
                 * @instance
                 */
                LockName.prototype.database = "";

                /**
                 * LockName reference.
                 * @member {string} reference
                 * @memberof ecp.admin.v1.LockName
                 * @instance
                 */
                LockName.prototype.reference = "";

                /**
                 * LockName shared.
                 * @member {boolean} shared
                 * @memberof ecp.admin.v1.LockName
                 * @instance
                 */
                LockName.prototype.shared = false;

                /**
                 * Encodes the specified LockName message. Does not implicitly {@link ecp.admin.v1.LockName.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.LockName
                 * @static
                 * @param {ecp.admin.v1.LockName.$Properties} message LockName message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LockName.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.database != null && $Object.hasOwnProperty.call(message, "database") && message.database !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.database);
                    if (message.reference != null && $Object.hasOwnProperty.call(message, "reference") && message.reference !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.reference);
                    if (message.shared != null && $Object.hasOwnProperty.call(message, "shared") && message.shared !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.shared);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LockName message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.LockName
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockName & ecp.admin.v1.LockName.$Shape} LockName
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LockName.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.LockName();
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
                                    message.database = value;
                                else
                                    delete message.database;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reference = value;
                                else
                                    delete message.reference;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.shared = value;
                                else
                                    delete message.shared;
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

                return LockName;
            })();

            v1.ListLockWaitsRequest = (function() {

                /**
                 * Properties of a ListLockWaitsRequest.
                 * @typedef {Object} ecp.admin.v1.ListLockWaitsRequest.$Properties
                 * @property {number|null} [limit] ListLockWaitsRequest limit
                 * @property {number|null} [after] ListLockWaitsRequest after
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListLockWaitsRequest.
                 * @memberof ecp.admin.v1
                 * @interface IListLockWaitsRequest
                 * @augments ecp.admin.v1.ListLockWaitsRequest.$Properties
                 * @deprecated Use ecp.admin.v1.ListLockWaitsRequest.$Properties instead.
                 */

                /**
                 * Shape of a ListLockWaitsRequest.
                 * @typedef {ecp.admin.v1.ListLockWaitsRequest.$Properties} ecp.admin.v1.ListLockWaitsRequest.$Shape
                 */

                /**
                 * Constructs a new ListLockWaitsRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListLockWaitsRequest.
                 * @constructor
                 * @param {ecp.admin.v1.ListLockWaitsRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListLockWaitsRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListLockWaitsRequest limit.
                 * @member {number} limit
                 * @memberof ecp.admin.v1.ListLockWaitsRequest
                 * @instance
                 */
                ListLockWaitsRequest.prototype.limit = 0;

                /**
                 * ListLockWaitsRequest after.
                 * @member {number} after
                 * @memberof ecp.admin.v1.ListLockWaitsRequest
                 * @instance
                 */
                ListLockWaitsRequest.prototype.after = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Encodes the specified ListLockWaitsRequest message. Does not implicitly {@link ecp.admin.v1.ListLockWaitsRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListLockWaitsRequest
                 * @static
                 * @param {ecp.admin.v1.ListLockWaitsRequest.$Properties} message ListLockWaitsRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListLockWaitsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.limit);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after") && (typeof message.after === "object" ? message.after.low || message.after.high : message.after !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.after);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListLockWaitsRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListLockWaitsRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLockWaitsRequest & ecp.admin.v1.ListLockWaitsRequest.$Shape} ListLockWaitsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListLockWaitsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListLockWaitsRequest();
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
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
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

                return ListLockWaitsRequest;
            })();

            v1.ListLockWaitsReply = (function() {

                /**
                 * Properties of a ListLockWaitsReply.
                 * @typedef {Object} ecp.admin.v1.ListLockWaitsReply.$Properties
                 * @property {Array.<ecp.admin.v1.LockWait.$Properties>|null} [waits] ListLockWaitsReply waits
                 * @property {boolean|null} [more] ListLockWaitsReply more
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ListLockWaitsReply.
                 * @memberof ecp.admin.v1
                 * @interface IListLockWaitsReply
                 * @augments ecp.admin.v1.ListLockWaitsReply.$Properties
                 * @deprecated Use ecp.admin.v1.ListLockWaitsReply.$Properties instead.
                 */

                /**
                 * Shape of a ListLockWaitsReply.
                 * @typedef {ecp.admin.v1.ListLockWaitsReply.$Properties} ecp.admin.v1.ListLockWaitsReply.$Shape
                 */

                /**
                 * Constructs a new ListLockWaitsReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a ListLockWaitsReply.
                 * @constructor
                 * @param {ecp.admin.v1.ListLockWaitsReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ListLockWaitsReply = function (properties) {
                    this.waits = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ListLockWaitsReply waits.
                 * @member {Array.<ecp.admin.v1.LockWait.$Properties>} waits
                 * @memberof ecp.admin.v1.ListLockWaitsReply
                 * @instance
                 */
                ListLockWaitsReply.prototype.waits = $util.emptyArray;

                /**
                 * ListLockWaitsReply more.
                 * @member {boolean} more
                 * @memberof ecp.admin.v1.ListLockWaitsReply
                 * @instance
                 */
                ListLockWaitsReply.prototype.more = false;

                /**
                 * Encodes the specified ListLockWaitsReply message. Does not implicitly {@link ecp.admin.v1.ListLockWaitsReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.ListLockWaitsReply
                 * @static
                 * @param {ecp.admin.v1.ListLockWaitsReply.$Properties} message ListLockWaitsReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListLockWaitsReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.waits != null && message.waits.length)
                        for (let i = 0; i < message.waits.length; ++i)
                            $root.ecp.admin.v1.LockWait.encode(message.waits[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.more);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ListLockWaitsReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.ListLockWaitsReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.ListLockWaitsReply & ecp.admin.v1.ListLockWaitsReply.$Shape} ListLockWaitsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListLockWaitsReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.ListLockWaitsReply();
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
                                if (!(message.waits && message.waits.length))
                                    message.waits = [];
                                message.waits.push($root.ecp.admin.v1.LockWait.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ListLockWaitsReply;
            })();

            v1.LockWait = (function() {

                /**
                 * Properties of a LockWait.
                 * @typedef {Object} ecp.admin.v1.LockWait.$Properties
                 * @property {number|null} [number] LockWait number
                 * @property {ecp.admin.v1.LockJob.$Properties|null} [owner] LockWait owner
                 * @property {Array.<ecp.admin.v1.LockName.$Properties>|null} [names] LockWait names
                 * @property {number|null} [ageMs] LockWait ageMs
                 * @property {Array.<ecp.admin.v1.LockJob.$Properties>|null} [waitsFor] LockWait waitsFor
                 * @property {number|null} [waitsForCount] LockWait waitsForCount
                 * @property {Array.<ecp.admin.v1.LockJob.$Properties>|null} [circle] LockWait circle
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LockWait.
                 * @memberof ecp.admin.v1
                 * @interface ILockWait
                 * @augments ecp.admin.v1.LockWait.$Properties
                 * @deprecated Use ecp.admin.v1.LockWait.$Properties instead.
                 */

                /**
                 * Shape of a LockWait.
                 * @typedef {ecp.admin.v1.LockWait.$Properties} ecp.admin.v1.LockWait.$Shape
                 */

                /**
                 * Constructs a new LockWait.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a LockWait.
                 * @constructor
                 * @param {ecp.admin.v1.LockWait.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LockWait = function (properties) {
                    this.names = [];
                    this.waitsFor = [];
                    this.circle = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LockWait number.
                 * @member {number} number
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * LockWait owner.
                 * @member {ecp.admin.v1.LockJob.$Properties|null|undefined} owner
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.owner = null;

                /**
                 * LockWait names.
                 * @member {Array.<ecp.admin.v1.LockName.$Properties>} names
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.names = $util.emptyArray;

                /**
                 * LockWait ageMs.
                 * @member {number} ageMs
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.ageMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * LockWait waitsFor.
                 * @member {Array.<ecp.admin.v1.LockJob.$Properties>} waitsFor
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.waitsFor = $util.emptyArray;

                /**
                 * LockWait waitsForCount.
                 * @member {number} waitsForCount
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.waitsForCount = 0;

                /**
                 * LockWait circle.
                 * @member {Array.<ecp.admin.v1.LockJob.$Properties>} circle
                 * @memberof ecp.admin.v1.LockWait
                 * @instance
                 */
                LockWait.prototype.circle = $util.emptyArray;

                /**
                 * Encodes the specified LockWait message. Does not implicitly {@link ecp.admin.v1.LockWait.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.LockWait
                 * @static
                 * @param {ecp.admin.v1.LockWait.$Properties} message LockWait message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LockWait.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.number);
                    if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                        $root.ecp.admin.v1.LockJob.encode(message.owner, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.names != null && message.names.length)
                        for (let i = 0; i < message.names.length; ++i)
                            $root.ecp.admin.v1.LockName.encode(message.names[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && (typeof message.ageMs === "object" ? message.ageMs.low || message.ageMs.high : message.ageMs !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.ageMs);
                    if (message.waitsFor != null && message.waitsFor.length)
                        for (let i = 0; i < message.waitsFor.length; ++i)
                            $root.ecp.admin.v1.LockJob.encode(message.waitsFor[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.waitsForCount != null && $Object.hasOwnProperty.call(message, "waitsForCount") && message.waitsForCount !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.waitsForCount);
                    if (message.circle != null && message.circle.length)
                        for (let i = 0; i < message.circle.length; ++i)
                            $root.ecp.admin.v1.LockJob.encode(message.circle[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LockWait message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.LockWait
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.LockWait & ecp.admin.v1.LockWait.$Shape} LockWait
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LockWait.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.LockWait();
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
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.owner = $root.ecp.admin.v1.LockJob.decode(reader, reader.size(), $undefined, _depth + 1, message.owner);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                message.names.push($root.ecp.admin.v1.LockName.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ageMs = value;
                                else
                                    delete message.ageMs;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.waitsFor && message.waitsFor.length))
                                    message.waitsFor = [];
                                message.waitsFor.push($root.ecp.admin.v1.LockJob.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.waitsForCount = value;
                                else
                                    delete message.waitsForCount;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.circle && message.circle.length))
                                    message.circle = [];
                                message.circle.push($root.ecp.admin.v1.LockJob.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return LockWait;
            })();

            v1.RemoveLocksRequest = (function() {

                /**
                 * Properties of a RemoveLocksRequest.
                 * @typedef {Object} ecp.admin.v1.RemoveLocksRequest.$Properties
                 * @property {string|null} [appServer] RemoveLocksRequest appServer
                 * @property {number|null} [job] RemoveLocksRequest job
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RemoveLocksRequest.
                 * @memberof ecp.admin.v1
                 * @interface IRemoveLocksRequest
                 * @augments ecp.admin.v1.RemoveLocksRequest.$Properties
                 * @deprecated Use ecp.admin.v1.RemoveLocksRequest.$Properties instead.
                 */

                /**
                 * Shape of a RemoveLocksRequest.
                 * @typedef {ecp.admin.v1.RemoveLocksRequest.$Properties} ecp.admin.v1.RemoveLocksRequest.$Shape
                 */

                /**
                 * Constructs a new RemoveLocksRequest.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a RemoveLocksRequest.
                 * @constructor
                 * @param {ecp.admin.v1.RemoveLocksRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RemoveLocksRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RemoveLocksRequest appServer.
                 * @member {string} appServer
                 * @memberof ecp.admin.v1.RemoveLocksRequest
                 * @instance
                 */
                RemoveLocksRequest.prototype.appServer = "";

                /**
                 * RemoveLocksRequest job.
                 * @member {number} job
                 * @memberof ecp.admin.v1.RemoveLocksRequest
                 * @instance
                 */
                RemoveLocksRequest.prototype.job = 0;

                /**
                 * Encodes the specified RemoveLocksRequest message. Does not implicitly {@link ecp.admin.v1.RemoveLocksRequest.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.RemoveLocksRequest
                 * @static
                 * @param {ecp.admin.v1.RemoveLocksRequest.$Properties} message RemoveLocksRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RemoveLocksRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.appServer != null && $Object.hasOwnProperty.call(message, "appServer") && message.appServer !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.appServer);
                    if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.job);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RemoveLocksRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.RemoveLocksRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RemoveLocksRequest & ecp.admin.v1.RemoveLocksRequest.$Shape} RemoveLocksRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RemoveLocksRequest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.RemoveLocksRequest();
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
                                    message.appServer = value;
                                else
                                    delete message.appServer;
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

                return RemoveLocksRequest;
            })();

            v1.RemoveLocksReply = (function() {

                /**
                 * Properties of a RemoveLocksReply.
                 * @typedef {Object} ecp.admin.v1.RemoveLocksReply.$Properties
                 * @property {number|null} [jobs] RemoveLocksReply jobs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RemoveLocksReply.
                 * @memberof ecp.admin.v1
                 * @interface IRemoveLocksReply
                 * @augments ecp.admin.v1.RemoveLocksReply.$Properties
                 * @deprecated Use ecp.admin.v1.RemoveLocksReply.$Properties instead.
                 */

                /**
                 * Shape of a RemoveLocksReply.
                 * @typedef {ecp.admin.v1.RemoveLocksReply.$Properties} ecp.admin.v1.RemoveLocksReply.$Shape
                 */

                /**
                 * Constructs a new RemoveLocksReply.
                 * @memberof ecp.admin.v1
                 * @classdesc Represents a RemoveLocksReply.
                 * @constructor
                 * @param {ecp.admin.v1.RemoveLocksReply.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RemoveLocksReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RemoveLocksReply jobs.
                 * @member {number} jobs
                 * @memberof ecp.admin.v1.RemoveLocksReply
                 * @instance
                 */
                RemoveLocksReply.prototype.jobs = 0;

                /**
                 * Encodes the specified RemoveLocksReply message. Does not implicitly {@link ecp.admin.v1.RemoveLocksReply.verify|verify} messages.
                 * @function encode
                 * @memberof ecp.admin.v1.RemoveLocksReply
                 * @static
                 * @param {ecp.admin.v1.RemoveLocksReply.$Properties} message RemoveLocksReply message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RemoveLocksReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.jobs != null && $Object.hasOwnProperty.call(message, "jobs") && message.jobs !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.jobs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RemoveLocksReply message from the specified reader or buffer.
                 * @function decode
                 * @memberof ecp.admin.v1.RemoveLocksReply
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {ecp.admin.v1.RemoveLocksReply & ecp.admin.v1.RemoveLocksReply.$Shape} RemoveLocksReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RemoveLocksReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.ecp.admin.v1.RemoveLocksReply();
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
                                    message.jobs = value;
                                else
                                    delete message.jobs;
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

                return RemoveLocksReply;
            })();

            return v1;
        })();

        return admin;
    })();

    return ecp;
})();

export {
  $root as default
};
