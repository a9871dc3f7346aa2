package io.candlehub.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveWatchTest {
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = new GatewayFixture(Map.of("watchlist.seconds", "1", "limits.watchlist-tickers", "2"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject tickers(String... symbols) {
    JsonArray list = new JsonArray();
    for (String symbol : symbols) {
      list.add(symbol);
    }
    return new JsonObject().put("tickers", list);
  }

  @Test
  void shouldSendCardsAndThenThoseThatChanged() {
    WireClient client = gateway.socketIo();
    client.emit(1, "watchlist:set", tickers("SPY", "NOSUCH"));
    assertThat(client.ack(1)).isEqualTo(new JsonObject().put("ok", true).put("state", "polling"));
    JsonArray cards = client.event("watchlist:update").getJsonArray("cards");
    assertThat(cards).hasSize(2);
    assertThat(cards.getJsonObject(1).getJsonObject("error").getString("code"))
        .isEqualTo("NO_DATA");
    gateway.market().price("SPY", 2);
    cards = client.event("watchlist:update").getJsonArray("cards");
    assertThat(cards).hasSize(1);
    assertThat(cards.getJsonObject(0).getDouble("last")).isEqualTo(2);
    gateway.market().blind(true);
    JsonObject card = client.event("watchlist:update").getJsonArray("cards").getJsonObject(0);
    assertThat(card.getDouble("last")).isEqualTo(2);
    assertThat(card.getJsonObject("error").getString("code")).isEqualTo("PROVIDER_ERROR");
    assertThat(gateway.hub().demand()).isEmpty();
  }

  @Test
  void shouldKeepTheWatchlistWhenALimitIsReached() {
    WireClient client = gateway.socketIo();
    client.emit(1, "watchlist:set", tickers("SPY", "QQQ"));
    client.event("watchlist:update");
    client.emit(2, "watchlist:set", tickers("SPY", "QQQ", "DIA"));
    assertThat(client.ack(2).getJsonObject("error").getString("code")).isEqualTo("LIMIT_EXCEEDED");
    gateway.market().price("QQQ", 5);
    assertThat(client.event("watchlist:update").getJsonArray("cards")).hasSize(1);
    client.emit(3, "watchlist:set", tickers());
    assertThat(client.ack(3)).isEqualTo(new JsonObject().put("ok", true));
    WireClient other = gateway.socketIo();
    other.emit(1, "watchlist:set", tickers("DIA"));
    other.event("watchlist:update");
    List<JsonObject> asked = gateway.market().asked(Addresses.COMMAND_SNAPSHOTS);
    assertThat(asked.get(asked.size() - 1).getJsonArray("tickers")).containsExactly("DIA");
  }

  @Test
  void shouldConsolidateWhatTheClientShows() {
    WireClient client = gateway.socketIo();
    client.emit(1, "live:subscribe", new JsonObject().put("symbol", "SPY"));
    client.ack(1);
    client.emit(2, "watchlist:set", tickers("SPY", "QQQ"));
    client.event("watchlist:update");
    client.emit(3, "snapshot:subscribe", new JsonObject());
    assertThat(client.ack(3).getString("state")).isEqualTo("live");
    JsonObject full = client.event("market:snapshot");
    assertThat(full.getBoolean("full")).isTrue();
    assertThat(full.getJsonArray("values")).hasSize(2);
    for (int i = 1; i <= 50; i++) {
      gateway.hub().quote("SPY", i);
    }
    JsonObject snapshot = client.event("market:snapshot");
    int messages = 1;
    while (bid(snapshot) < 50) {
      snapshot = client.event("market:snapshot");
      messages++;
    }
    assertThat(messages).isLessThan(50);
    assertThat(snapshot.getJsonArray("values").getJsonObject(0).getJsonObject("card"))
        .isNotNull();
    client.emit(4, "live:unsubscribe", new JsonObject().put("symbol", "SPY"));
    client.emit(5, "watchlist:set", tickers("QQQ"));
    client.ack(5);
    JsonObject gone = client.event("market:snapshot");
    while (gone.getJsonArray("removed").isEmpty()) {
      gone = client.event("market:snapshot");
    }
    assertThat(gone.getJsonArray("removed")).containsExactly("SPY");
    client.emit(6, "snapshot:unsubscribe", new JsonObject());
    assertThat(client.ack(6)).isEqualTo(new JsonObject().put("ok", true));
    gateway.market().price("QQQ", 9);
    client.event("watchlist:update");
    client.emit(7, "snapshot:unsubscribe", new JsonObject());
    client.ack(7);
  }

  private static double bid(JsonObject snapshot) {
    return snapshot.getJsonArray("values").stream()
        .map(JsonObject.class::cast)
        .filter(value -> value.getString("symbol").equals("SPY") && value.containsKey("quote"))
        .mapToDouble(value -> value.getJsonObject("quote").getDouble("bid"))
        .findFirst()
        .orElse(0);
  }
}
