package io.candlehub.simulator.stream;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Commits the faults that hit single events: drops, doubles, reorders, delays and mangles them. Confined to one event loop.
 */
public final class EventFaults {
  private static final Set<String> QUOTES = Set.of("Q", "quote");
  private static final Pattern CROSS =
      Pattern.compile("\"(bp|bid)\":([0-9.]+)(.*)\"(ap|ask)\":([0-9.]+)");
  private static final String CROSSED = "\"$1\":$5$3\"$4\":$2";

  private final FaultBoard board;
  private final PriorityQueue<Held> late =
      new PriorityQueue<>(Comparator.comparingLong(Held::dueMillis));
  private final Map<Receiver, String> swapped = new HashMap<>();
  private long dice = 1;
  private int mangles;
  private long nowMillis;

  /** Creates it over the faults in force. */
  public EventFaults(FaultBoard board) {
    this.board = board;
  }

  /** Moves to an instant of market time and sends the late events that are due. */
  public void moveTo(long millis) {
    nowMillis = millis;
    while (!late.isEmpty() && late.peek().dueMillis <= millis) {
      Held held = late.poll();
      held.session.gather(held.event);
      held.session.flush();
    }
  }

  /** Returns when the next late event is due; {@link Long#MAX_VALUE} if there is none. */
  public long nextReleaseMillis() {
    return late.isEmpty() ? Long.MAX_VALUE : late.peek().dueMillis;
  }

  /** Sends an event, or does to it what the faults in force demand. */
  public void send(Receiver session, Topic topic, String whole) {
    if (board.isEmpty()) {
      release(session, whole);
      return;
    }
    boolean poor = QUOTES.contains(topic.channel()) && hits(FaultKind.POOR, session, topic);
    String event = poor ? CROSS.matcher(whole).replaceFirst(CROSSED) : whole;
    if (hits(FaultKind.DROP, session, topic)) {
      return;
    }
    if (hits(FaultKind.CORRUPT, session, topic)) {
      mangle(session, event);
      return;
    }
    if (hits(FaultKind.LATE, session, topic)) {
      long by = board
          .look(FaultKind.LATE, fault -> concerns(fault, session, topic))
          .map(Fault::millis)
          .orElse(30_000L);
      late.add(new Held(nowMillis + by, session, event));
      return;
    }
    if (!swapped.containsKey(session) && hits(FaultKind.REORDER, session, topic)) {
      swapped.put(session, event);
      return;
    }
    if (hits(FaultKind.DUPLICATE, session, topic)) {
      session.gather(event);
    }
    release(session, event);
  }

  private void release(Receiver session, String event) {
    session.gather(event);
    String held = swapped.isEmpty() ? null : swapped.remove(session);
    if (held != null) {
      session.gather(held);
    }
  }

  /** Forgets what is held for a session that is gone. */
  public void forget(Receiver session) {
    swapped.remove(session);
    late.removeIf(held -> held.session == session);
  }

  private static boolean concerns(Fault fault, Receiver session, Topic topic) {
    return fault.path().isEmpty()
        && fault.concernsMarket(session.market())
        && fault.concernsChannel(topic.channel());
  }

  private boolean hits(FaultKind kind, Receiver session, Topic topic) {
    double percent = board
        .look(kind, fault -> concerns(fault, session, topic))
        .map(Fault::percent)
        .orElse(0.0);
    if (percent <= 0 || roll() * 100 >= percent) {
      return false;
    }
    return board.strike(kind, fault -> concerns(fault, session, topic)).isPresent();
  }

  private double roll() {
    dice = dice * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    return (dice >>> 11) * 0x1.0p-53;
  }

  private void mangle(Receiver session, String event) {
    switch (mangles++ % 6) {
      case 0 -> session.sendRaw("[" + event.substring(0, event.length() / 2));
      case 1 -> session.gather(event.replaceFirst("\"(s|t|T)\":(\\d+)", "\"$1\":\"x$2\""));
      case 2 -> session.gather(event.replaceFirst("\"(h|p|ap)\":[0-9.]+", "\"$1\":-1"));
      case 3 -> session.gather(event.replaceFirst(",\"(c|p|bp)\":[0-9.]+", ""));
      case 4 -> session.gather("null");
      default -> session.gather(event.replaceFirst("\"(v|s|bs)\":(\\d+)", "\"$1\":{\"of\":$2}"));
    }
  }

  private record Held(long dueMillis, Receiver session, String event) {}
}
