package io.candlehub.redis;

import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages in their order, many in one write, and never more of them unanswered than a window holds; what does
 * not fit waits in a {@link Backlog}. What was unanswered when the connection was lost is published again if nothing
 * newer waits for its channel, so receivers hear at least that something is missing.
 *
 * <p>Confined to the carrier's event loop.
 */
final class PublishLane implements RedisLink.Lane {
  private static final Logger LOG = LoggerFactory.getLogger(PublishLane.class);
  private static final int WINDOW_MESSAGES = 4_096;
  private static final long WINDOW_BYTES = 4 << 20;
  private static final int BATCH_MESSAGES = 256;
  private static final long BATCH_BYTES = 256 << 10;
  private static final int BACKLOG_MESSAGES = 10_000;
  private static final long BACKLOG_BYTES = 16 << 20;

  private final RedisLink.Ground ground;
  private final RedisLink link;
  private final Backlog backlog = new Backlog(BACKLOG_MESSAGES, BACKLOG_BYTES);
  private final ArrayDeque<Batch> unanswered = new ArrayDeque<>();
  private Optional<RedisConnection> connection = Optional.empty();
  private String refusal = "";
  private int windowMessages;
  private long windowBytes;
  private long replaced;
  private long overflowed;

  PublishLane(RedisLink.Ground ground) {
    this.ground = ground;
    this.link = new RedisLink("publish", ground, this);
  }

  RedisLink link() {
    return link;
  }

  /** Returns why not everything is published; empty if it is. */
  String fault() {
    return link.fault().isEmpty() ? refusal : link.fault();
  }

  /** Returns how many messages wait or are unanswered. */
  int waiting() {
    return backlog.size() + windowMessages;
  }

  /** Takes a message; {@link #flush} is to follow. */
  void add(Outgoing message) {
    backlog.add(message);
  }

  /** Publishes what the window has room for. */
  void flush() {
    while (connection.isPresent() && !backlog.isEmpty() && hasRoom()) {
      publish(connection.get());
    }
    count();
  }

  private boolean hasRoom() {
    return windowMessages < WINDOW_MESSAGES && windowBytes < WINDOW_BYTES;
  }

  private void publish(RedisConnection to) {
    Batch batch = new Batch();
    List<Request> requests = new ArrayList<>();
    while (!backlog.isEmpty()
        && requests.size() < BATCH_MESSAGES
        && batch.bytes < BATCH_BYTES
        && windowMessages < WINDOW_MESSAGES) {
      Outgoing message = backlog.take();
      batch.messages.add(message);
      batch.bytes += message.bytes();
      windowMessages++;
      requests.add(Request.cmd(Command.PUBLISH).arg(message.channel()).arg(message.payload()));
    }
    windowBytes += batch.bytes;
    unanswered.addLast(batch);
    to.batch(requests).onComplete(done -> answered(batch, done));
  }

  private void answered(Batch batch, AsyncResult<List<Response>> done) {
    if (done.failed()) {
      // A lost connection fails what is unanswered before it says that it is lost.
      ground.scheduler().after(Duration.ZERO, () -> refused(batch, done.cause()));
    } else if (settle(batch)) {
      ground.meters().published(batch.messages.size());
      tell("");
      link.answered();
      flush();
    }
  }

  private void refused(Batch batch, Throwable failure) {
    if (settle(batch)) {
      List<String> errors = String.valueOf(failure.getMessage()).lines().toList();
      ground.meters().refused(errors.size());
      ground.meters().published(Math.max(0, batch.messages.size() - errors.size()));
      tell("the server refuses messages: " + code(errors));
      link.answered();
      flush();
    }
  }

  /** The client numbers the errors of a batch: {@code ERR [0] NOPERM this user ...}. */
  private static String code(List<String> errors) {
    String[] words = errors.isEmpty() ? new String[0] : errors.get(0).split(" ", 4);
    return words.length > 2 ? words[2] : "unknown";
  }

  /** Returns false if the batch went back to the backlog with a lost connection. */
  private boolean settle(Batch batch) {
    if (!unanswered.remove(batch)) {
      return false;
    }
    windowMessages -= batch.messages.size();
    windowBytes -= batch.bytes;
    return true;
  }

  private void tell(String reason) {
    if (!reason.equals(refusal)) {
      refusal = reason;
      if (!reason.isEmpty()) {
        LOG.warn("redis refuses messages [server: {}, cause: {}]", ground.server(), reason);
      }
      ground.changed().run();
    }
  }

  private void count() {
    ground.meters().replaced(backlog.replaced() - replaced);
    ground.meters().overflowed(backlog.overflowed() - overflowed);
    replaced = backlog.replaced();
    overflowed = backlog.overflowed();
  }

  @Override
  public void up(RedisConnection fresh) {
    connection = Optional.of(fresh);
    flush();
  }

  @Override
  public void down() {
    connection = Optional.empty();
    List<Outgoing> unknown = new ArrayList<>();
    unanswered.forEach(batch -> unknown.addAll(batch.messages));
    unanswered.clear();
    windowMessages = 0;
    windowBytes = 0;
    if (!unknown.isEmpty()) {
      backlog.conflate(unknown);
    }
    count();
  }

  @Override
  public void beat(RedisConnection over) {
    if (unanswered.isEmpty()) {
      over.send(Request.cmd(Command.PING)).onSuccess(pong -> link.answered());
    }
  }

  @Override
  public void received(Response push) {
    LOG.debug("unexpected message of redis [type: {}]", push.type());
  }

  /** Messages of one write; compared by identity. */
  private static final class Batch {
    private final List<Outgoing> messages = new ArrayList<>();
    private long bytes;
  }
}
