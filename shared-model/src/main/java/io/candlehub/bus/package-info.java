/**
 * The contract between nodes and roles: bus addresses, message codecs, the JSON of charts and quotes, and the failure
 * vocabulary.
 */
package io.candlehub.bus;
