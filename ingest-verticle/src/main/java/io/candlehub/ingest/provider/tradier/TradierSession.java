package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.Json;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.DataTopics;
import io.candlehub.ingest.provider.ProviderText;
import io.candlehub.ingest.provider.RestClient;
import io.candlehub.ingest.provider.StreamEnd;
import io.candlehub.ingest.provider.StreamLine;
import io.candlehub.ingest.provider.StreamListener;
import io.candlehub.ingest.provider.StreamSocket;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streaming session from the question for its id to the end of its connection (page "Streaming"). An id is good for
 * one connection, so every connection asks for one of its own, just before it is opened. Each request replaces all symbols
 * and kinds of events. It ends once and is never used again. Confined to one event loop.
 */
final class TradierSession implements StreamLine, StreamSocket.Listener, EventParser.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(TradierSession.class);
  private static final int MAX_BYTES = 8 << 20;
  private static final Pattern NOT_VALID = Pattern.compile("(\\S{1,40}) is not a valid symbol");

  private final Supplier<Future<String>> sessions;
  private final StreamTimings timings;
  private final Scheduler scheduler;
  private final EventParser parser;
  private final StreamListener listener;
  private final StreamTopics topics;
  private final StreamSocket socket;
  private Buffer message = Buffer.buffer();
  private Phase phase = Phase.ASKING;
  private Set<Topic> wanted = Set.of();
  private String sessionId = "";
  private boolean settled;
  private boolean dataSeen;

  private enum Phase {
    ASKING,
    OPENING,
    LIVE,
    ENDED
  }

  /**
   * Creates a session that has not begun.
   *
   * @param url of the socket
   * @param sessions asks for an id
   */
  TradierSession(
      WebSocketClient client,
      URI url,
      Supplier<Future<String>> sessions,
      StreamTimings timings,
      ProviderContext context,
      StreamListener listener) {
    this.socket = new StreamSocket(
        client,
        url,
        timings,
        new StreamSocket.Clocks(context.scheduler(), context.nanoClock()),
        this);
    this.sessions = sessions;
    this.timings = timings;
    this.scheduler = context.scheduler();
    this.parser = new EventParser(context.meters());
    this.listener = listener;
    this.topics = new StreamTopics(listener::event);
  }

  @Override
  public void open(Set<Topic> first) {
    wanted = first;
    sessions.get().onSuccess(this::connect).onFailure(this::onNoSession);
  }

  @Override
  public void want(Set<Topic> all) {
    wanted = all;
    if (phase == Phase.LIVE) {
      subscribe();
    }
  }

  @Override
  public void renew(Topic topic) {
    if (phase == Phase.LIVE && wanted.contains(topic)) {
      Set<String> others = new LinkedHashSet<>(topics.symbols());
      TradierSymbols.write(topic.instrument()).ifPresent(others::remove);
      ask(others);
      topics.renew(topic);
      ask(topics.symbols());
      planGrace(Set.of(topic));
    }
  }

  @Override
  public long lastHeardNanos() {
    return socket.lastHeardNanos();
  }

  @Override
  public void probe() {
    socket.ping();
  }

  @Override
  public void end(StreamEnd end, String reason) {
    if (phase == Phase.ENDED) {
      return;
    }
    phase = Phase.ENDED;
    topics.lost();
    listener.ended(end, reason, socket.close());
    listener.pause();
  }

  private void onNoSession(Throwable failure) {
    FailureException known = FailureException.of(failure);
    boolean refused = RestClient.isKeyRefused(known) || known.code() == Failure.NOT_ENTITLED;
    end(
        refused ? StreamEnd.KEY_REFUSED : StreamEnd.LOST,
        refused ? "the provider refused the key" : known.getMessage());
  }

  private void connect(String id) {
    if (phase == Phase.ENDED) {
      return;
    }
    sessionId = id;
    phase = Phase.OPENING;
    socket.open();
  }

  @Override
  public void opened() {
    phase = Phase.LIVE;
    listener.live();
    subscribe();
    listener.pause();
  }

  @Override
  public void lost(String reason) {
    end(StreamEnd.LOST, reason);
  }

  @Override
  public void received(WebSocketFrame frame) {
    if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
      if (message.length() + frame.binaryData().length() <= MAX_BYTES) {
        message.appendBuffer(frame.binaryData());
      }
      if (frame.isFinal()) {
        Buffer whole = message;
        message = Buffer.buffer();
        onMessage(whole);
      }
    }
  }

  private void onMessage(Buffer whole) {
    dataSeen = false;
    listener.frame();
    parser.parse(whole.getBytes(), this);
    listener.pause();
  }

  @Override
  public Optional<Instrument> instrument(String symbol, String kind) {
    return phase == Phase.LIVE ? topics.instrument(symbol, kind) : Optional.empty();
  }

  @Override
  public void event(FeedEvent event) {
    if (!dataSeen) {
      dataSeen = true;
      listener.data();
    }
    DataTopics.of(event).ifPresent(topics::arrived);
    noteSettled();
    listener.event(event);
  }

  @Override
  public void error(String text) {
    LOG.warn("provider says [error: {}]", ProviderText.forLog(text));
    Matcher symbol = NOT_VALID.matcher(text);
    if (symbol.find()) {
      if (topics.refused(symbol.group(1))) {
        noteSettled();
        ask(topics.symbols());
      }
    } else if (text.toLowerCase(Locale.ROOT).contains("session")) {
      end(StreamEnd.LOST, "the provider refused the session");
    }
  }

  private void subscribe() {
    Set<Topic> fresh = topics.want(wanted);
    ask(topics.symbols());
    if (fresh.isEmpty()) {
      noteSettled();
    } else {
      planGrace(fresh);
    }
  }

  private void planGrace(Set<Topic> asked) {
    after(timings.grace(), () -> {
      topics.graceOver(asked);
      noteSettled();
      listener.pause();
    });
  }

  private void noteSettled() {
    if (!settled && topics.isSettled()) {
      settled = true;
      listener.settled();
    }
  }

  /** Asks for symbols; there is no way to ask for none, but what comes unasked has no topic. */
  private void ask(Set<String> symbols) {
    if (symbols.isEmpty() || phase != Phase.LIVE) {
      return;
    }
    Buffer wish = Json.buffer(256, out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("symbols");
      for (String symbol : symbols) {
        out.writeString(symbol);
      }
      out.writeEndArray();
      out.writeStringField("sessionid", sessionId);
      out.writeArrayFieldStart("filter");
      for (String kind : topics.kinds()) {
        out.writeString(kind);
      }
      out.writeEndArray();
      out.writeBooleanField("linebreak", true);
      out.writeBooleanField("validOnly", true);
      out.writeBooleanField("advancedDetails", false);
      out.writeEndObject();
    });
    socket.send(wish.toString(StandardCharsets.UTF_8));
  }

  private void after(Duration delay, Runnable task) {
    scheduler.after(delay, () -> {
      if (phase != Phase.ENDED) {
        task.run();
      }
    });
  }
}
