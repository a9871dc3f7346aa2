package io.candlehub.simulator.stream;

import io.candlehub.simulator.fault.Fault;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;

/**
 * Several servers of sockets as one.
 *
 * @param servers the servers
 */
public record AllSockets(List<Sockets> servers) implements Sockets {
  @Override
  public void commit(Fault fault) {
    servers.forEach(server -> server.commit(fault));
  }

  @Override
  public void clockJumped() {
    servers.forEach(Sockets::clockJumped);
  }

  @Override
  public void clockChanged() {
    servers.forEach(Sockets::clockChanged);
  }

  @Override
  public void reload(Predicate<String> tickers, long fromMillis) {
    servers.forEach(server -> server.reload(tickers, fromMillis));
  }

  @Override
  public JsonObject topics() {
    JsonObject all = new JsonObject();
    servers.forEach(server -> all.mergeIn(server.topics()));
    return all;
  }

  @Override
  public void stop() {
    servers.forEach(Sockets::stop);
  }
}
