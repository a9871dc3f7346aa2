package io.candlehub.bus;

import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The question for frames of the feed again ({@link Addresses#INGEST_REPLAY}) and its answer.
 *
 * <p>An answer has at most half a megabyte of events; whoever has not reached {@code nextSeq} with it asks on from its
 * end, or goes on with the frames that arrive anyway. Fails with {@code UNAVAILABLE} while no ingest leads.
 */
public final class FeedReplay {
  private static final String INGEST_TERM = "ingestTerm";
  private static final String OLDEST = "oldestSeq";
  private static final String NEXT = "nextSeq";
  private static final String GONE = "gone";
  private static final String FROM_SEQ = "fromSeq";
  private static final String FROM_MILLIS = "fromMillis";

  private FeedReplay() {}

  /**
   * Asks for a shard's events from a number, or from a time of receipt on.
   *
   * @param node who asks
   * @param provider whose feed
   * @param shard which shard; of {@code EVERY_SHARD} comes the complete present status, wherever it begins
   * @param ingestTerm term of the number; empty with a time
   * @param fromSeq number of the first event wanted
   * @param fromMillis wall time of ingest; events received then or later are wanted
   */
  public record Question(
      String node,
      String provider,
      int shard,
      OptionalLong ingestTerm,
      OptionalLong fromSeq,
      OptionalLong fromMillis) {
    /** Checks presence. */
    public Question {
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(provider, "provider");
      if (fromSeq.isPresent() == fromMillis.isPresent()
          || fromSeq.isPresent() != ingestTerm.isPresent()) {
        throw new IllegalArgumentException("either a number with its term, or a time");
      }
    }

    /** Creates the question for what follows a position. */
    public static Question fromSeq(
        String node, String provider, int shard, long ingestTerm, long fromSeq) {
      return new Question(
          node,
          provider,
          shard,
          OptionalLong.of(ingestTerm),
          OptionalLong.of(fromSeq),
          OptionalLong.empty());
    }

    /** Creates the question for what was received from a time on, under the present term. */
    public static Question fromMillis(String node, String provider, int shard, long fromMillis) {
      return new Question(
          node,
          provider,
          shard,
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.of(fromMillis));
    }

    /** Returns the message's body. */
    public JsonObject toJson() {
      JsonObject json =
          new JsonObject().put("node", node).put("provider", provider).put("shard", shard);
      ingestTerm.ifPresent(term -> json.put(INGEST_TERM, term));
      fromSeq.ifPresent(seq -> json.put(FROM_SEQ, seq));
      fromMillis.ifPresent(millis -> json.put(FROM_MILLIS, millis));
      return json;
    }

    /** Reads a message's body. */
    public static Question of(JsonObject json) {
      return new Question(
          json.getString("node"),
          json.getString("provider"),
          json.getInteger("shard"),
          number(json, INGEST_TERM),
          number(json, FROM_SEQ),
          number(json, FROM_MILLIS));
    }

    private static OptionalLong number(JsonObject json, String name) {
      Long value = json.getLong(name);
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  /**
   * What the journal has.
   *
   * @param ingestTerm the present term, which may be another than asked for
   * @param oldestSeq number of the oldest event the journal has; equals {@code nextSeq} if it is empty
   * @param nextSeq number that the shard's next event will get
   * @param gone true if events that were asked for are not there: forgotten, received under another term, or before
   *     the term began. Nothing is sent then; the hub may ask again from {@code oldestSeq}
   * @param parcel the events from the first one wanted on; for {@code EVERY_SHARD} one frame with the complete status,
   *     after which the position is {@code nextSeq} and every topic that is not in it is lost
   */
  public record Answer(
      long ingestTerm, long oldestSeq, long nextSeq, boolean gone, FeedParcel parcel) {
    /** Checks presence. */
    public Answer {
      Objects.requireNonNull(parcel, "parcel");
    }

    /** Replies to a question. */
    public void replyTo(Message<?> message) {
      message.reply(
          parcel,
          new DeliveryOptions()
              .addHeader(INGEST_TERM, Long.toString(ingestTerm))
              .addHeader(OLDEST, Long.toString(oldestSeq))
              .addHeader(NEXT, Long.toString(nextSeq))
              .addHeader(GONE, Boolean.toString(gone)));
    }

    /** Reads a reply. */
    public static Answer of(Message<FeedParcel> reply) {
      MultiMap headers = reply.headers();
      return new Answer(
          Long.parseLong(headers.get(INGEST_TERM)),
          Long.parseLong(headers.get(OLDEST)),
          Long.parseLong(headers.get(NEXT)),
          Boolean.parseBoolean(headers.get(GONE)),
          reply.body());
    }
  }
}
