package io.candlehub.bench;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;

/** netty-socketio with its own defaults and the native transport. A stream's room is its symbol. */
final class NettySocketIoPeer implements FanoutPeer {
  private final ObjectMapper json = new ObjectMapper();
  private SocketIOServer server;

  @Override
  public int listen() {
    // It cannot tell which port it took.
    int port = FreePort.find();
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(port);
    configuration.setTransports(Transport.WEBSOCKET);
    configuration.setUseLinuxNativeEpoll(true);
    configuration.getSocketConfig().setTcpNoDelay(true);
    server = new SocketIOServer(configuration);
    server.addEventListener("chart:focus", Map.class, (client, focus, ack) -> {
      client.joinRoom(String.valueOf(focus.get("symbol")));
      ack.sendAckData(Map.of("ok", true));
    });
    server.start();
    return port;
  }

  @Override
  public void publish(String stream, long seq, String update) {
    try {
      Map<String, Object> event = json.readValue(update, new TypeReference<>() {});
      server.getRoomOperations(stream).sendEvent("chart:update", event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
