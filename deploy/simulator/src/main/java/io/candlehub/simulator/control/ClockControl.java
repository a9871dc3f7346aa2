package io.candlehub.simulator.control;

import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.stream.Sockets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Reads and changes the market clock. Confined to one event loop. */
public final class ClockControl {
  private static final Set<String> KEYS = Set.of("speed", "paused", "seekTo");
  private static final double FASTEST = 100_000;
  private static final long EARLIEST_MILLIS = 0;
  private static final long LATEST_MILLIS = 4_102_444_800_000L;

  private final MarketTime time;
  private final Sockets streams;
  private final String mode;
  private final String marketId;
  private final ZoneId zone;
  private final SecureRandom random = new SecureRandom();
  private String run = newRun();

  /**
   * Creates the control.
   *
   * @param time the clock
   * @param streams the events that follow it
   * @param mode {@code synthetic} or {@code replay}
   * @param marketId what identifies the market: {@code sim-<seed>} or {@code replay-<dataset>@<start>}
   * @param zone zone in which market time is shown
   */
  public ClockControl(MarketTime time, Sockets streams, String mode, String marketId, ZoneId zone) {
    this.time = time;
    this.streams = streams;
    this.mode = mode;
    this.marketId = marketId;
    this.zone = zone;
  }

  JsonObject toJson() {
    long now = time.millis();
    JsonObject json = new JsonObject()
        .put(
            "marketTime",
            Instant.ofEpochMilli(now).atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
        .put("marketMillis", now)
        .put("speed", time.speed())
        .put("paused", time.paused())
        .put("mode", mode)
        .put("marketId", marketId)
        .put("run", run)
        .put("simulated", true);
    return time.ended() ? json.put("ended", true) : json;
  }

  /** Names a run, in which time never goes back: one begins with the exchange, another with each seek back. */
  private String newRun() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  /** Makes the changes of a document; either all of them or none. */
  void change(Buffer body) {
    Change change = Change.read(body);
    change.paused().ifPresent(time::setPaused);
    change.speed().ifPresent(time::setSpeed);
    if (change.seekTo().isPresent()) {
      if (change.seekTo().get() < time.millis()) {
        run = newRun();
      }
      time.seek(change.seekTo().get());
      streams.clockJumped();
    } else {
      streams.clockChanged();
    }
  }

  private record Change(Optional<Double> speed, Optional<Boolean> paused, Optional<Long> seekTo) {
    static Change read(Buffer body) {
      JsonObject document;
      try {
        document = new JsonObject(body);
      } catch (DecodeException e) {
        throw new IllegalArgumentException("the body is not a JSON object", e);
      }
      for (String key : document.fieldNames()) {
        if (!KEYS.contains(key)) {
          throw new IllegalArgumentException(
              "unknown key '" + key + "'; allowed: speed, paused, seekTo");
        }
      }
      return new Change(
          Optional.ofNullable(document.getValue("speed")).map(Change::speed),
          Optional.ofNullable(document.getValue("paused")).map(Change::flag),
          Optional.ofNullable(document.getValue("seekTo")).map(Change::instant));
    }

    private static double speed(Object value) {
      if (value instanceof Number number
          && number.doubleValue() > 0
          && number.doubleValue() <= FASTEST) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException(
          "speed = '" + value + "' is not allowed: a number above 0 up to 100000");
    }

    private static boolean flag(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw new IllegalArgumentException("paused = '" + value + "' is not allowed: true or false");
    }

    private static long instant(Object value) {
      long millis = -1;
      if (value instanceof Number number) {
        millis = number.longValue();
      } else if (value instanceof String text) {
        try {
          millis = ZonedDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
          millis = -1;
        }
      }
      if (millis < EARLIEST_MILLIS || millis > LATEST_MILLIS) {
        throw new IllegalArgumentException("seekTo = '" + value
            + "' is not allowed: ISO-8601 with a zone, or epoch millis, before 2100");
      }
      return millis;
    }
  }
}
