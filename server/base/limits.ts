/**
 * Every bound of the system in one place, with its arithmetic. A queue, cache, wait or retry without
 * an entry here is a fault.
 */

const KIB = 1024;
const MIB = 1024 * KIB;
const DAY_SECONDS = 24 * 60 * 60;

/** Longest value, in bytes: the field's limit for long strings. */
export const VALUE_BYTES_MAX = 3_641_144;

/** Longest encoded reference, in bytes. */
export const KEY_BYTES_MAX = 1019;

/** Longest global name without the caret, in characters. */
export const GLOBAL_NAME_LENGTH_MAX = 31;

/**
 * Longest line of a ZWR file, in bytes: a reference and a value of which no two neighbouring bytes are
 * written alike, `$ZCH(200)_"a"_` for two bytes, is 7 times as long as they are.
 */
export const ZWR_LINE_BYTES_MAX = 7 * (VALUE_BYTES_MAX + KEY_BYTES_MAX);

/** Most subscripts in a reference. */
export const SUBSCRIPTS_MAX = 255;

/** Significant digits of a canonical number; longer ones collate as strings. */
export const NUMBER_DIGITS_MAX = 18;

/**
 * Sizes a database's blocks may have, in bytes as the configuration names them. A stored block has 32
 * bytes less, so that with the page store's own header it fills whole 4 KiB pages.
 */
export const BLOCK_SIZES = [8 * KIB, 16 * KIB, 32 * KIB, 64 * KIB] as const;
export type BlockSize = (typeof BLOCK_SIZES)[number];
export const BLOCK_SIZE_DEFAULT: BlockSize = 8 * KIB;
export const BLOCK_OVERHEAD_BYTES = 32;

/** A value above this part of the block size lives outside its block. */
export const LONG_VALUE_FRACTION = 4;

/** A cached copy that grew beyond this many block sizes is split locally (rule R12). */
export const CACHED_BLOCK_GROWTH_MAX = 2;

/** One frame of the channel: large enough to amortise, small enough that a block waits little behind it. */
export const FRAME_BYTES_TARGET = 128 * KIB;
/** A longer frame from a peer is refused: the target, and one largest message (a chunk or a 64 KiB block). */
export const FRAME_BYTES_MAX = FRAME_BYTES_TARGET + 256 * KIB;

/** A piece of a long value on the wire. */
export const VALUE_CHUNK_BYTES = 64 * KIB;

/** What an app server may have outstanding towards one data server: bytes until durable. */
export const WINDOW_BYTES_MAX = 8 * MIB;
/** And requests, so that bookkeeping is bounded too. */
export const WINDOW_REQUESTS_MAX = 65_536;

/** Invalidations queued for one connection before they become one flush (rule R8). */
export const INVALIDATION_QUEUE_BYTES_MAX = 256 * KIB;

/** Everything queued for one connection: its window's replies, and a margin. */
export const OUTGOING_QUEUE_BYTES_MAX = 4 * WINDOW_BYTES_MAX;

/** The data server syncs its journal at the latest after this many milliseconds (rule R10). */
export const JOURNAL_SYNC_DELAY_MS_MAX = 10;

/** Un-synced journal bytes above which the data server takes no more changes until the disk caught up. */
export const JOURNAL_BUFFER_BYTES_MAX = 32 * MIB;

/** Most blocks that one fetch may ask for ahead of a scan. */
export const PREFETCH_BLOCKS_MAX = 32;

/** How often a read that spans blocks starts over before the data server answers it itself (rule R7). */
export const READ_RESTARTS_MAX = 2;

/** A cached read answers synchronously only while the stream was served within this time (rule R16). */
export const SYNCHRONOUS_READ_STALENESS_MS_MAX = 1000;

/** What a MERGE copies in one turn of the event loop, each node with its overhead: about 3 ms. */
export const MERGE_TURN_BYTES = 128 * KIB;
/** Likewise where it copies node by node: in a transaction, or over several places of data. */
export const MERGE_NODES_PER_TURN = 256;

/** App servers of a data server, and data servers of an app server (§2.1, §2.3). */
export const CONNECTIONS_MAX = 254;

/**
 * Longest instance, database or namespace name, in characters. On Kubernetes an instance is called
 * `namespace/pod`: 63 + 1 + 40 (a resource's name) + 4 (`-253`) = 108.
 */
export const NAME_LENGTH_MAX = 128;

/** Databases of one instance. */
export const DATABASES_MAX = 64;
/** Open at once: those that are configured, as many that are being dismounted, SYS and TEMP. */
export const DATABASES_OPEN_MAX = 2 * DATABASES_MAX + 2;

/** Results of $INCREMENT and errors that a data server keeps for a session until confirmed. */
export const KEPT_RESULTS_MAX = WINDOW_REQUESTS_MAX;

/** Locks of one LOCK, or of one message that claims them. */
export const LOCKS_PER_REQUEST_MAX = 255;
/** Locks, and requests that wait, on one page of a list. */
export const LOCKS_PAGE_MAX = 1000;
export const LOCK_WAITS_PAGE_MAX = 100;
/** The longest time of a LOCK that has one: what a timer takes. */
export const LOCK_TIMEOUT_MS_MAX = 2 ** 31 - 1;
/** Entries of the lock table of an instance, 280 to 420 bytes each: fewest, most, and by default. */
export const LOCKS_MIN = 100;
export const LOCKS_MAX = 8 * MIB;
export const LOCKS_DEFAULT = 2 * MIB;
/**
 * Nodes of one database that an instance keeps ranges of $SEQUENCE for; with more, what is left of those that nobody
 * waits for is skipped.
 */
export const SEQUENCES_MAX = 1024;
/** Values that one range has at most, and how long one should last, in milliseconds: it grows to that. */
export const SEQUENCE_RANGE_MAX = 16_384;
export const SEQUENCE_RANGE_TARGET_MS = 1000;

/** Escalating locks of a job below one name, above which that name is locked in their stead. */
export const LOCK_ESCALATION_THRESHOLD = 1000;

/** Open transactions of one instance, and levels of one ($TLEVEL). */
export const TRANSACTIONS_MAX = 16_384;
export const TRANSACTION_LEVELS_MAX = 255;
/**
 * Nodes that one journaled change of a transaction may remove, and about so many bytes of them: a larger KILL
 * is several, so that a record of what was there before stays small (rule R14).
 */
export const UNDO_NODES_MAX = 1024;
export const UNDO_BYTES_TARGET = 256 * KIB;
/** Nodes that a rollback restores in one turn of the event loop. */
export const ROLLBACK_NODES_PER_TURN = 2000;

/** Time goes into the journal at most so often, for restoring to a time: its resolution. */
export const JOURNAL_TIME_INTERVAL_MS = 100;

/** Pieces of a backup's files that have a checksum each: where one is damaged is known that closely. */
export const BACKUP_PIECE_BYTES = 16 * MIB;
/** Segments of the journal in one backup: what half a terabyte of the usual size takes. */
export const JOURNAL_SEGMENTS_LISTED_MAX = 8192;
/** Backups in one folder that are listed. */
export const BACKUPS_LISTED_MAX = 1000;
/** Blocks in memory while a backup is restored: it is the only thing that its process does. */
export const RESTORE_POOL_BYTES = 512 * MIB;
/** What must stay free on the disk when a backup is complete: the journal goes on. */
export const BACKUP_FREE_BYTES_MIN = 64 * MIB;

/** A journal segment that reached this size is followed by a new one. */
export const JOURNAL_SEGMENT_BYTES = 64 * MIB;
/** What that size may be set to: small enough to be kept and purged piece by piece, no file for each second. */
export const JOURNAL_SEGMENT_BYTES_MIN = MIB;
export const JOURNAL_SEGMENT_BYTES_MAX = 1024 * MIB;
/** With freezing off, the journal tries so often to go on behind a gap: at first, and at the rarest. */
export const JOURNAL_GAP_RETRY_MS = { min: 1000, max: 10_000 };
/** What one checkpoint removes of the journal, about: removing files takes time; the next one goes on. */
export const JOURNAL_PURGE_BYTES_MAX = 256 * MIB;
/** A segment older than this is followed by a new one, so that a day's changes lie apart. */
export const JOURNAL_ROTATION_SECONDS = { min: 60, max: 7 * DAY_SECONDS, default: DAY_SECONDS };
/** How long a segment can be kept for a restore after nothing else needs it: at most a year. */
export const JOURNAL_KEEP_SECONDS = { min: 0, max: 365 * DAY_SECONDS, default: 0 };
/** Journal that open transactions keep from being purged, above which it is warned of. */
export const JOURNAL_PINNED_WARNING_BYTES = 1024 * MIB;

/** What a field for an amount of storage takes. The most is 2^50, which a number holds exactly. */
export const STORAGE_BYTES_MIN = MIB;
export const STORAGE_BYTES_MAX = 1024 * 1024 * 1024 * MIB;

/** Globals of one database whose changes are not journaled, as names or beginnings of names. */
export const UNJOURNALED_GLOBALS_MAX = 64;

/** What the instance keeps in memory of the indexes of encrypted databases, decrypted. */
export const ENCRYPTED_INDEX_CACHE_BYTES = 16 * MIB;

/** Encryption keys of one instance: those in use, and those that older journal segments need. */
export const ENCRYPTION_KEYS_MAX = 16;

/** Journal bytes since the last checkpoint that start one: what recovery has to read, about. */
export const CHECKPOINT_JOURNAL_BYTES = 64 * MIB;
/** A checkpoint starts at the latest so long after the first change since the last. */
export const CHECKPOINT_INTERVAL_MS = 60_000;
/** Part of the buffer pool that may be dirty before a checkpoint starts; above twice that, changes wait. */
export const DIRTY_FRACTION = 4;
/** Least amount of memory that can be given, and least cache of remote blocks. */
export const MEMORY_BYTES_MIN = 8 * MIB;
export const POOL_BYTES_MAX = 1024 * 1024 * MIB;
/** However large the pool: a checkpoint hands its blocks to the page store in one turn, 1.5 µs each. */
export const CHECKPOINT_DIRTY_BYTES = 64 * MIB;
/** Blocks that a checkpoint encodes in one turn of the event loop, in bytes: about 2 ms. */
export const CAPTURE_SLICE_BYTES = MIB;
/** Default size of the buffer pool, in bytes. */
export const BUFFER_POOL_BYTES_DEFAULT = 64 * MIB;

/** A configuration file or one file of manifests: as much as a ConfigMap holds. */
export const CONFIGURATION_BYTES_MAX = MIB;

/** Problems that one refused configuration lists; the rest is counted. */
export const PROBLEMS_LISTED_MAX = 100;

/** Allowed incoming connections of a resource, as a person writes them. */
export const INCOMING_ENTRIES_MAX = 64;
/** And of an instance, after entries by app server became addresses: two (IPv4, IPv6) and a host name for each connection. */
export const INCOMING_ADDRESSES_MAX = INCOMING_ENTRIES_MAX + 3 * CONNECTIONS_MAX;

/** Namespaces of one instance, and mappings of one namespace. */
export const NAMESPACES_MAX = 64;
export const MAPPINGS_MAX = 256;

/** Variables that a configuration gives to its application. */
export const APPLICATION_VARIABLES_MAX = 256;

/**
 * One message of the client API: what gRPC accepts by default in every language, and the longest value
 * with room to spare.
 */
export const CLIENT_MESSAGE_BYTES_MAX = 4 * MIB;
/** A batch of operations or replies is sent at the latest when it has grown to this. */
export const CLIENT_BATCH_BYTES_TARGET = 64 * KIB;
/** Operations that one client connection has under way in the instance; a page of a scan counts as many. */
export const CLIENT_OPERATIONS_MAX = 1024;
export const CLIENT_SCAN_WEIGHT = 64;
/** Operations that are begun in one turn of the event loop, so that a hostile batch does not stall others. */
export const CLIENT_OPERATIONS_PER_TURN = 1024;
/** Replies queued for one client connection above which it begins no more operations … */
export const CLIENT_REPLY_BYTES_TARGET = 8 * MIB;
/** … and above which a finished one is answered with <RESOURCE>: about 16 of the longest values. */
export const CLIENT_REPLY_BYTES_MAX = 64 * MIB;
/** Jobs of one client connection, and client connections of an instance. */
export const CLIENT_JOBS_MAX = 1000;
export const CLIENT_CONNECTIONS_MAX = 1000;
/** One page of a scan. */
export const CLIENT_PAGE_ENTRIES_MAX = 1000;
export const CLIENT_PAGE_BYTES_TARGET = 256 * KIB;
/** Operations that a client holds, waiting and unanswered, before it refuses more; and their bytes. */
export const CLIENT_PENDING_MAX = 65_536;
export const CLIENT_PENDING_BYTES_MAX = 64 * MIB;

/** Sets of an import without an answer: some round trips' worth; more only makes the collector's work. */
export const IMPORT_OUTSTANDING_MAX = 2048;

/** Findings of an integrity check that are told in full; the rest is counted. */
export const FINDINGS_MAX = 1000;
/** Identifiers that an integrity check remembers at once: about 16 MiB. More take further rounds over the pages. */
export const IDENTIFIERS_CHECKED_MAX = 256 * 1024;
/** What a check or a compaction reads in one turn of the event loop. */
export const MAINTENANCE_SLICE_BYTES = MIB;
/** Longest batch of the journal: it is closed at 1 MiB, and its last record has a value, or UNDO_BYTES_TARGET and one. */
export const JOURNAL_BATCH_BYTES_MAX = 16 * MIB;
