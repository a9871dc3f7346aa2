package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.gateway.FakeMarket;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered to a client that wants a chain. */
@Timeout(30)
class ChainFocusTest {
  private static final String DATE = FakeMarket.DATES.get(0);
  private static final String CALL = FakeMarket.option("SPY", DATE, 'C', 650);
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(Map.of());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject focus() {
    return new JsonObject().put("underlying", "SPY").put("expiration", DATE);
  }

  @Test
  void shouldSayThatOptionsAreNotTradedWhileSharesAre() {
    WireClient client = gateway.socketIo();
    client.emit(1, "chain:focus", focus());
    assertThat(client.ack(1)).isEqualTo(new JsonObject().put("ok", true).put("state", "closed"));
  }

  @Test
  void shouldWaitForTheFirstContractThatIsStreamed() {
    WireClient client = gateway.socketIo();
    JsonObject status = client.event("market:status").copy();
    long ten = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
    JsonObject feed = new JsonObject()
        .put("provider", "fake")
        .put("market", "options")
        .put("state", "streaming")
        .put("delayMs", 0);
    status.put("marketMillis", ten).put("feeds", new JsonArray().add(feed));
    gateway.vertx().eventBus().publish(Addresses.STATUS, status);
    client.event("market:status");
    client.emit(1, "chain:focus", focus());
    client.event("chain:snapshot");
    gateway
        .market()
        .publish("SPY", DATE, List.of(FakeMarket.leg(CALL, 9, true)), List.of(CALL), List.of());
    assertThat(client.ack(1)).isEqualTo(new JsonObject().put("ok", true).put("state", "live"));
  }

  @Test
  void shouldRefuseASelectedContractThatTheExpirationDoesNotHave() {
    WireClient other = gateway.socketIo();
    WireClient client = gateway.socketIo();
    JsonObject wrong = focus().put("contract", FakeMarket.option("SPY", DATE, 'C', 9_999));
    for (int id : List.of(1, 2)) {
      client.emit(id, "chain:focus", wrong);
      JsonObject error = client.event("live:error");
      assertThat(error.getJsonObject("error").getString("code")).isEqualTo("CONTRACT_NOT_FOUND");
      assertThat(client.ack(id).getJsonObject("error")).isEqualTo(error.getJsonObject("error"));
      other.emit(id, "chain:focus", focus());
      other.event("chain:snapshot");
    }
    gateway
        .market()
        .publish("SPY", DATE, List.of(FakeMarket.leg(CALL, 9, true)), List.of(CALL), List.of());
    other.event("chain:update");
    client.emit(3, "chain:unfocus", new JsonObject());
    client.ack(3);
    assertThat(client.passedOver("42[\"chain:")).isFalse();
    gateway.awaitDemand("md.chain.SPY/" + DATE);
  }
}
