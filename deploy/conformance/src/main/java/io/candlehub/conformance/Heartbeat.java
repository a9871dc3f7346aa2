package io.candlehub.conformance;

import java.time.Duration;

/**
 * How often the servers of the protocol suites ask whether a client is there, and how long they wait for the answer.
 *
 * @param interval from one ping to the next
 * @param timeout after which a client without an answer is gone
 */
record Heartbeat(Duration interval, Duration timeout) {}
