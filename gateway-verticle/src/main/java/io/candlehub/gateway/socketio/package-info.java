/**
 * A Socket.IO server for Vert.x: Engine.IO protocol 4 and Socket.IO protocol 5 over HTTP long polling and WebSocket.
 *
 * <p>The package is a library of its own and knows nothing of the application; its README shows how to take it along. It
 * has two layers. Engine.IO: {@link io.candlehub.gateway.socketio.EngineServer} decides who gets a session, {@code
 * EngineSession} is the session (open packet, heartbeat, packets, upgrade, close) and talks to its client through an
 * {@code EngineTransport}, so the session neither knows nor cares how bytes travel. Socket.IO: {@code
 * SocketIoConnection} multiplexes {@link io.candlehub.gateway.socketio.Namespace namespaces} over one session and hands
 * each joined one to the application as a {@link io.candlehub.gateway.socketio.SocketIoSocket}. An application without
 * Socket.IO gets its sessions as {@link io.candlehub.gateway.socketio.EngineSocket}.
 *
 * <p>Threads: a connection lives on the event loop that accepted it, even if its later requests come in on others. Every callback of the application runs there, in
 * the order in which the packets arrived.
 *
 * <p>Sources: "Engine.IO protocol", revision 4, and "Socket.IO protocol", revision 5, both of the Socket.IO project.
 */
package io.candlehub.gateway.socketio;
