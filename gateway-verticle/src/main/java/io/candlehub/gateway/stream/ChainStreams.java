package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.cluster.Registration;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The expirations of chains this gateway has clients for. A client that cannot keep up gets the newest form of all legs
 * that changed when it can be written again.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class ChainStreams {
  /** How long a client waits for the first contract that is streamed. */
  private static final Duration CONFIRMED = Duration.ofSeconds(2);

  private final StreamTable<ChainFocus, ChainStream> streams;
  private final HeldTopics selected;

  ChainStreams(
      StreamParts parts, DemandLease demand, HeldTopics selected, LongSupplier marketMillis) {
    this.selected = selected;
    this.streams = new StreamTable<>(
        parts.pace(),
        demand,
        parts.meters()::chains,
        (focus, onEmpty) -> new ChainStream(focus, parts, marketMillis, onEmpty));
  }

  /** The way to a client that is told nothing before it is known whether there is what it selected. */
  private static final class Gate<T> implements Sink<T> {
    private final Sink<T> sink;
    private boolean open;

    Gate(Sink<T> sink) {
      this.sink = sink;
    }

    @Override
    public boolean writable() {
      return open && sink.writable();
    }

    @Override
    public void write(T form) {
      sink.write(form);
    }
  }

  /**
   * Adds a client to an expiration: it gets a snapshot, then what changes. A selected contract is wanted as long as the
   * client is there; one that the expiration does not have is refused with {@link Failure#CONTRACT_NOT_FOUND}.
   *
   * @return its place, answered after the snapshot with whether contracts are streamed: true as soon as any is, false
   *     if none is for two seconds
   */
  public <T> Joined<Future<Boolean>> join(
      ChainFocus focus, Encoding<ChainMessage, T> encoding, Sink<T> sink) {
    ChainFocus shared = new ChainFocus(focus.underlying(), focus.expiration(), List.of());
    ChainStream stream = streams.of(shared);
    Gate<T> gate = new Gate<>(sink);
    Cursor<ChainMessage, T> cursor = stream.join(encoding, gate);
    Registration contract =
        focus.contract().isEmpty() ? () -> {} : selected.hold(Addresses.chainFocus(focus));
    Subscription place = new Subscription() {
      @Override
      public void flush() {
        cursor.flush();
      }

      @Override
      public void close() {
        cursor.close();
        contract.cancel();
      }
    };
    Future<Future<Boolean>> answer = stream
        .loaded()
        .compose(loaded -> unlisted(stream, focus).map(ChainStreams::refused).orElseGet(() -> {
          gate.open = true;
          cursor.flush();
          return cursor.started();
        }))
        .map(told -> stream.live(CONFIRMED));
    return new Joined<>(place, answer);
  }

  private static Optional<Instrument> unlisted(ChainStream stream, ChainFocus focus) {
    return focus.contract().stream().filter(contract -> !stream.has(contract)).findFirst();
  }

  private static Future<Void> refused(Instrument contract) {
    return Future.failedFuture(
        Failure.CONTRACT_NOT_FOUND.because("no contract " + contract.symbol()));
  }

  /** Asks again for what the new owners of shards may tell differently. */
  void ownerChanged(Set<Integer> shards) {
    streams.ownerChanged(shards);
  }

  /** Does something with every stream. */
  void each(Consumer<SharedStream<?>> task) {
    streams.each(task::accept);
  }

  void closeAll() {
    streams.closeAll();
  }
}
