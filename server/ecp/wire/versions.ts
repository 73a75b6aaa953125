/**
 * Versions of the channel's protocol. The first frame negotiates: the data server takes the highest
 * version that both know. An app server newer than its data server speaks down to VERSION_LOWEST; a data
 * server refuses an app server whose lowest version it does not know yet.
 */
export const PROTOCOL_VERSION_LOWEST = 1;
export const PROTOCOL_VERSION_HIGHEST = 1;

/** Optional abilities, offered by name and used only when both sides have them. */
export const FEATURES: readonly string[] = ['prefetch', 'locks', 'transactions'];

export const PRODUCT_VERSION = '0.1.0';
