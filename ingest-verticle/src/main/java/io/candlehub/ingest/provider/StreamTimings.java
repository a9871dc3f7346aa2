package io.candlehub.ingest.provider;

import java.time.Duration;

/**
 * The deadlines of the stream in wall time, unless said otherwise.
 *
 * @param connect until the socket is open
 * @param handshake from the open socket to the accepted key
 * @param grace after which an unanswered topic counts as subscribed
 * @param firstRetry wait after the first loss, doubled from loss to loss
 * @param longestRetry longest such wait
 * @param stable streaming for so long makes the next loss a first one again
 * @param evictionCoolDown shortest wait after another connection took over
 * @param refusedRetry wait after the key or plan was refused
 * @param ping between pings
 * @param dead silence after which the connection counts as lost, pings answered or not
 * @param idle how long a connection without topics is kept
 * @param watch between looks at the silence
 * @param muteMarket silence in market time before the stream can count as mute
 * @param muteWall silence in wall time before the stream can count as mute
 * @param muteReconnect silence after which a mute connection is replaced
 */
public record StreamTimings(
    Duration connect,
    Duration handshake,
    Duration grace,
    Duration firstRetry,
    Duration longestRetry,
    Duration stable,
    Duration evictionCoolDown,
    Duration refusedRetry,
    Duration ping,
    Duration dead,
    Duration idle,
    Duration watch,
    Duration muteMarket,
    Duration muteWall,
    Duration muteReconnect) {
  /** Returns the timings used in production, as far as providers do not differ. */
  public static StreamTimings usual(Duration evictionCoolDown, Duration refusedRetry) {
    return new StreamTimings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        evictionCoolDown,
        refusedRetry,
        Duration.ofSeconds(10),
        Duration.ofSeconds(35),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(15),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30));
  }
}
