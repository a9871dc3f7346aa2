package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A Socket.IO packet as it goes to the client.
 *
 * @param text the Engine.IO message packet, its type character included
 * @param attachments the binary messages that follow
 */
record EncodedPacket(String text, List<Buffer> attachments) {}
