package io.candlehub.simulator.stream;

import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client says and what it is told: authentication, subscriptions, and the provider's silences. Confined to one
 * event loop. Source: providers.md §1.1.3 to §1.1.5.
 */
final class Handshake {
  private static final String DELAYED_ONLY = "You don't have access real-time data. Please use the"
      + " delayed host, or visit https://massive.com/pricing to upgrade.";

  private static final String TOO_MANY_QUOTES =
      "option quotes are limited in contracts per connection and have no wildcard";

  private final StreamSession session;
  private final StreamRules rules;
  private final FaultBoard faults;
  private final StreamServer server;

  Handshake(StreamSession session, StreamRules rules, FaultBoard faults, StreamServer server) {
    this.session = session;
    this.rules = rules;
    this.faults = faults;
    this.server = server;
  }

  /** Ends a socket that has not authenticated in time. */
  void timedOut() {
    if (!session.isAuthenticated()) {
      session.refuse("auth_timeout", "No authentication request received.");
    }
  }

  /** Takes a text message of the client; one that makes no sense is answered with an error. */
  void received(String text) {
    if (session.isClosed()) {
      return;
    }
    String action;
    String params;
    try {
      JsonObject message = new JsonObject(text);
      action = message.getString("action", "");
      params = message.getString("params", "");
    } catch (DecodeException | ClassCastException e) {
      session.status("error", "invalid message");
      return;
    }
    switch (action) {
      case "auth" -> authenticate(params);
      case "subscribe" -> subscribe(params);
      case "unsubscribe" -> unsubscribe(params);
      default -> session.status("error", "unknown action");
    }
  }

  private void authenticate(String key) {
    String market = session.market();
    boolean refused =
        faults.strike(FaultKind.REFUSE_AUTH, f -> f.concernsMarket(market)).isPresent();
    if (refused || !key.equals(rules.apiKey())) {
      server.refused(session);
      session.refuse("auth_failed", "authentication failed");
    } else if (session.isAuthenticated()) {
      session.status("auth_success", "authenticated");
    } else {
      boolean delayed = rules.delayedPlan()
          || faults
              .strike(FaultKind.DELAYED_ONLY, f -> f.concernsMarket(market))
              .isPresent();
      if (delayed && session.delayMillis() == 0) {
        session.delayedOnly();
      }
      session.status("auth_success", "authenticated");
      server.joined(session);
    }
  }

  private void subscribe(String params) {
    if (!session.isAuthenticated()) {
      session.status("auth_required", "authentication required");
      return;
    }
    if (session.isDelayedOnly()) {
      session.status("error", DELAYED_ONLY);
      return;
    }
    List<StreamSession.Status> refusals = new ArrayList<>();
    List<StreamSession.Status> acks = new ArrayList<>();
    List<Topic> added = new ArrayList<>();
    for (String param : params.split(",", -1)) {
      Optional<Topic> topic = Topic.parse(session.market(), param.strip());
      if (topic.isEmpty()) {
        continue;
      }
      if (isRefused(topic.get())) {
        refusals.add(new StreamSession.Status("error", "not authorized"));
      } else if (isTooMany(topic.get())) {
        refusals.add(new StreamSession.Status("error", TOO_MANY_QUOTES));
      } else if (session.add(topic.get())) {
        added.add(topic.get());
        acks.add(new StreamSession.Status("success", "subscribed to: " + topic.get()));
      }
    }
    session.statuses(refusals.isEmpty() ? List.of() : refusals.subList(0, 1));
    session.statuses(acks);
    added.forEach(topic -> server.held(session, topic));
  }

  private boolean isTooMany(Topic topic) {
    if (!session.market().equals("options") || !topic.channel().equals("Q")) {
      return false;
    }
    long held = session.topics().stream().filter(t -> t.channel().equals("Q")).count();
    return topic.isWildcard()
        || (held >= rules.mostOptionQuotes() && !session.topics().contains(topic));
  }

  private boolean isRefused(Topic topic) {
    return topic.channel().equals("FMV")
        || faults
            .strike(
                FaultKind.REFUSE_CHANNEL,
                f -> f.concernsChannel(topic.channel()) && f.concernsMarket(session.market()))
            .isPresent();
  }

  private void unsubscribe(String params) {
    if (!session.isAuthenticated()) {
      session.status("auth_required", "authentication required");
      return;
    }
    List<StreamSession.Status> acks = new ArrayList<>();
    for (String param : params.split(",", -1)) {
      Topic.parse(session.market(), param.strip())
          .filter(session.topics()::contains)
          .ifPresent(topic -> {
            server.dropped(session, topic);
            acks.add(new StreamSession.Status("success", "unsubscribed to: " + topic));
          });
    }
    session.statuses(acks);
  }
}
