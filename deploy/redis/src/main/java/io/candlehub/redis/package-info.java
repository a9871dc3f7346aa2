/** Streams from hubs to gateways, and to services in any language, over Redis' publish and subscribe. */
package io.candlehub.redis;
