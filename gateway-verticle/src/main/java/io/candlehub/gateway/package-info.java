/**
 * The gateway: everything clients talk to. {@link io.candlehub.gateway.GatewayVerticle} wires the streams ({@code
 * stream}) to REST and the dashboard ({@code rest}), Socket.IO ({@code socketio} the protocol, {@code live} the
 * application) and the event-bus bridge ({@code sockjs}), all behind the access rules ({@code access}).
 */
package io.candlehub.gateway;
