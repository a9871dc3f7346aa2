package io.candlehub.bus;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Registration;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks the node that leads ingest for a provider. A question goes to that node and no other, because the bus may still
 * know the addresses of one that was cut off; it is asked again when another node leads, and for a while when the
 * leader does not serve yet, unless it was called off. Questions must therefore bear to be asked twice. Where no leader is
 * known, a question goes to whoever serves its address.
 *
 * <p>Confined to the event loop that created it.
 */
public final class IngestLink {
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final int MOST_TRIES = 40;
  private static final String TICKET = "ticket";

  private final EventBus bus;
  private final Cluster cluster;
  private final Scheduler scheduler;
  private final String provider;
  private final Set<Question<?>> open = new LinkedHashSet<>();
  private final Registration listening;

  /**
   * Creates a link.
   *
   * @param provider the provider's id
   */
  public IngestLink(EventBus bus, Cluster cluster, Scheduler scheduler, String provider) {
    this.bus = bus;
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.provider = provider;
    this.listening = cluster.leases().listen(this::changed);
  }

  /** Returns the key of the lease that the leading node holds. */
  public static String leaseKey(String provider) {
    return "ingest/" + provider + "/all";
  }

  /**
   * Asks.
   *
   * @param address what is asked, one of {@code Addresses.INGEST_*}
   * @param timeout how long one node may take to answer
   * @return the answer; failed as the bus fails, or with the failure that ingest replied
   */
  public <T> Future<Message<T>> request(String address, Object body, Duration timeout) {
    Question<T> question = new Question<>(address, body, timeout);
    open.add(question);
    question.ask();
    return question.answer.future().onComplete(done -> open.remove(question));
  }

  /**
   * Calls off the questions that have a ticket, the {@code ticket} of a JSON body: ingest is told so, and they are not asked
   * again. Each fails as ingest replies, or with {@link Failure#UNAVAILABLE} when it would be asked again.
   */
  public void callOff(String ticket) {
    open.stream().filter(question -> question.has(ticket)).forEach(Question::callOff);
    send(Addresses.INGEST_CANCEL, new JsonObject().put(TICKET, ticket));
  }

  /** Tells something without an answer. */
  public void send(String address, Object body) {
    String leader = leader();
    if (leader.isEmpty()) {
      bus.send(address, body);
    } else {
      bus.send(Addresses.ingestCommand(leader), body, named(address));
    }
  }

  /** Asks nobody again. */
  public void close() {
    listening.cancel();
  }

  private static DeliveryOptions named(String address) {
    return new DeliveryOptions().addHeader(BusHeaders.COMMAND, address);
  }

  private String leader() {
    return cluster.leases().lease(leaseKey(provider)).map(Lease::nodeId).orElse("");
  }

  private void changed(Lease lease) {
    if (lease.key().equals(leaseKey(provider)) && lease.isHeld()) {
      open.stream()
          .filter(question -> !lease.isHeldBy(question.node))
          .toList()
          .forEach(Question::askAgain);
    }
  }

  private final class Question<T> {
    private final String address;
    private final Object body;
    private final Duration timeout;
    private final Promise<Message<T>> answer = Promise.promise();
    private String node = "";
    private int tries;
    private boolean calledOff;

    Question(String address, Object body, Duration timeout) {
      this.address = address;
      this.body = body;
      this.timeout = timeout;
    }

    boolean has(String ticket) {
      return body instanceof JsonObject question && ticket.equals(question.getValue(TICKET));
    }

    void callOff() {
      calledOff = true;
    }

    void askAgain() {
      if (calledOff) {
        answer.tryFail(Failure.UNAVAILABLE.because("the question is no longer wanted"));
      } else {
        ask();
      }
    }

    void ask() {
      String asked = leader();
      node = asked;
      tries++;
      DeliveryOptions options = (asked.isEmpty() ? new DeliveryOptions() : named(address))
          .setSendTimeout(timeout.toMillis());
      bus.<T>request(asked.isEmpty() ? address : Addresses.ingestCommand(asked), body, options)
          .onSuccess(answer::tryComplete)
          .onFailure(failure -> failed(asked, failure));
    }

    private void failed(String asked, Throwable failure) {
      if (!asked.equals(node)) {
        return;
      }
      if (!asked.isEmpty() && isAbsent(failure) && tries < MOST_TRIES) {
        scheduler.after(AGAIN, () -> {
          if (asked.equals(node)) {
            askAgain();
          }
        });
      } else {
        answer.tryFail(failure);
      }
    }

    private boolean isAbsent(Throwable failure) {
      return failure instanceof ReplyException reply
          && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
  }
}
