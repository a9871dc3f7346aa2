package io.candlehub.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Reads along on an event bus, or on those of several nodes, and notes what docs/asyncapi.yaml does not have: messages, the
 * headers of streams, and the answers to requests. Safe to use from any thread.
 */
public final class BusWatch {
  private static final String REPLIES = "__vertx.reply.";
  private static final String COMMAND = "command";

  /** How the members of a cluster watch each other, which is no part of the document. */
  private static final String MEMBERS = "cluster.node.";

  private final Map<String, String> questions = new ConcurrentHashMap<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final List<AssertionError> faults = new CopyOnWriteArrayList<>();
  private final Predicate<String> asksItself;

  private BusWatch(EventBus bus, Predicate<String> asksItself) {
    this.asksItself = asksItself;
    bus.addOutboundInterceptor(this::overhear);
  }

  /** Begins to read along. */
  public static BusWatch over(EventBus bus) {
    return new BusWatch(bus, address -> false);
  }

  /**
   * Begins to read along where a test itself asks, wrong questions too.
   *
   * @param asksItself whether what is sent to an address is the test's and not to be looked at; answers always are
   */
  public static BusWatch over(EventBus bus, Predicate<String> asksItself) {
    return new BusWatch(bus, asksItself);
  }

  /** Reads along on the bus of another node of the same cluster too: an answer may come from there. */
  public void join(EventBus bus) {
    bus.addOutboundInterceptor(this::overhear);
  }

  private void overhear(DeliveryContext<Object> delivery) {
    Message<?> message = delivery.message();
    String address = message.address();
    String command = message.headers().get(COMMAND);
    if (message.replyAddress() != null) {
      questions.put(message.replyAddress(), command == null ? address : command);
    }
    try {
      if (!address.startsWith(REPLIES)) {
        said(address, command, delivery.body(), message.headers());
      } else if (!(delivery.body() instanceof ReplyException)) {
        replied(questions.getOrDefault(address, MEMBERS), delivery.body());
      }
    } catch (AssertionError fault) {
      faults.add(fault);
    }
    delivery.next();
  }

  private void said(String address, String command, Object body, MultiMap headers) {
    if (address.startsWith(MEMBERS)) {
      return;
    }
    heard.add(EventContract.template(address));
    String asked = command == null ? address : command;
    if (command != null) {
      EventContract.passedOn(address, command);
      heard.add(EventContract.template(command));
    }
    if (!asksItself.test(asked)) {
      EventContract.published(asked, body);
      EventContract.headed(asked, headers);
    }
  }

  /** An answer to what was asked before it was read along is none to look at. */
  private static void replied(String question, Object body) {
    if (!question.startsWith(MEMBERS)) {
      EventContract.replied(question, body);
    }
  }

  /** Returns the documented addresses at which anything was said, with their parameters in braces. */
  public Set<String> heard() {
    return Set.copyOf(heard);
  }

  /** Fails if anything was said that is not documented. */
  public void check() {
    faults.stream().findFirst().ifPresent(fault -> {
      throw new AssertionError(faults.size() + " undocumented messages, the first:", fault);
    });
  }
}
