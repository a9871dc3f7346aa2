/**
 * Who a caller is (contract §8): by JSON Web Token or by API key, the same for REST, Socket.IO and the event-bus bridge.
 * {@link io.candlehub.gateway.auth.Authentication} applies it; the protocols only pass tokens on.
 */
package io.candlehub.gateway.auth;
