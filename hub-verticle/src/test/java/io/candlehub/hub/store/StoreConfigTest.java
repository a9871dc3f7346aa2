package io.candlehub.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StoreConfigTest {
  private static MarketDescriptor simulated(String id) {
    return new MarketDescriptor(id, MarketDescriptor.Mode.REPLAY, "massive");
  }

  @Test
  void shouldUseDefaults() {
    assertThat(StoreConfig.from(Map.of()))
        .isEqualTo(new StoreConfig("", Path.of("data"), 400, false));
  }

  @Test
  void shouldListItsSettings() {
    assertThat(StoreConfig.SETTINGS.stream().map(Setting::key))
        .containsExactly(
            "store.mongo-uri", "store.data-dir", "store.retention-days", "store.keep-simulated");
    assertThat(StoreConfig.SETTINGS.get(0).isSecret()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ann:s3cret@h/db",
        "ann:s3cret",
        "mongodb://",
        "mongodb://ann:s3@cr:et@h:1/db",
        "mongodb://ann:s3/cret@h/db",
        "mongodb://ann:s3cret@h:99999/db"
      })
  void shouldRefuseMalformedConnectionStringsWithoutShowingThem(String uri) {
    assertThatThrownBy(() ->
            MongoAddress.parse(StoreConfig.from(Map.of("store.mongo-uri", uri)).mongoUri()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("store.mongo-uri")
        .hasMessageNotContainingAny("ann", "s3", "cret");
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://h:1/db?tls=true, mongodb://h:1/db",
    "mongodb://ann:s3cret@h:1/db?tls=true, mongodb://***@h:1/db",
    "mongodb://ann@h, mongodb://***@h",
    "mongodb+srv://ann:p@h.test/db, mongodb+srv://***@h.test/db",
    "other, ***"
  })
  void shouldMaskConnectionStrings(String uri, String shown) {
    assertThat(MongoAddress.masked(uri)).isEqualTo(shown);
  }

  @Test
  void shouldNotShowSecretsAsText() {
    StoreConfig config =
        StoreConfig.from(Map.of("store.mongo-uri", "mongodb://ann:s3cret@h:1/db?x=y"));
    assertThat(config.toString()).contains("mongodb://***@h:1/db").doesNotContain("ann", "s3cret");
    String text = "failed for userName='ann' at mongodb://ann:s3cret@h:1/db, s3cret";
    assertThat(MongoAddress.parse("mongodb://ann:s3cret@h:1/db").scrub(text))
        .isEqualTo("failed for userName='***' at mongodb://***@h:1/db, ***");
  }

  @Test
  void shouldNameDatabasesByMarket() {
    MarketDescriptor real = new MarketDescriptor("live-massive", MarketDescriptor.Mode.LIVE, "m");
    MongoAddress named = MongoAddress.parse("mongodb://h/bars");
    MongoAddress unnamed = MongoAddress.parse("mongodb://h");
    assertThat(named.databaseOf(real)).isEqualTo("bars");
    assertThat(unnamed.databaseOf(real)).isEqualTo("candlehub");
    assertThat(unnamed.databaseOf(simulated("sim-1"))).isEqualTo("candlehub_sim-1");
    MongoAddress longest = MongoAddress.parse("mongodb://h/" + "d".repeat(60));
    assertThat(longest.databaseOf(simulated("replay-x@" + "y".repeat(90)))).hasSize(63);
  }

  @Test
  void shouldKeepDurabilityThatTheConnectionStringAsksFor() {
    assertThat(MongoAddress.parse("mongodb://h/?w=1").clientConfig("db").containsKey("w"))
        .isFalse();
    assertThat(MongoAddress.parse("mongodb://h").clientConfig("db").getString("w"))
        .isEqualTo("majority");
  }

  @Test
  void shouldNameFoldersSafelyAndDistinctly() {
    assertThat(StorageName.of(simulated("live-massive"))).isEqualTo("live-massive");
    List<String> ids = List.of(
        "replay-us@2013-10-07",
        "replay-us:2013-10-07",
        "replay-US@2013-10-07",
        "..",
        ".",
        "",
        "../x",
        "a/b",
        "a_b",
        "x".repeat(200),
        "x".repeat(201),
        "ü",
        "con:");
    List<String> names = ids.stream().map(id -> StorageName.of(simulated(id))).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9_-]{1,41}"));
    assertThat(names.get(0)).startsWith("replay-us_2013-10-07-");
  }
}
