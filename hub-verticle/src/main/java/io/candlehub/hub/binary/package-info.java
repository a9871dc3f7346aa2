/** The bytes under the hub's own binary forms: stored blocks of bars and deltas between hubs. */
package io.candlehub.hub.binary;
