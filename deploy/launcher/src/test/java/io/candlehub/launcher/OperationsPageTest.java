package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told to set and to watch is there. */
class OperationsPageTest {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Pattern METRIC = Pattern.compile("candlehub_[a-z_]+");
  private static final Pattern SETTING =
      Pattern.compile("`((?:cluster|http|management|store|ingest|fanout|redis)\\.[a-z.-]+)[`: ]");

  @ParameterizedTest
  @ValueSource(strings = {"operations.md", "sizing.md"})
  void shouldNameOnlySettingsAndMetricsThatThereAre(String page) throws IOException {
    String text = Files.readString(DOCS.resolve(page));
    String metrics = Files.readString(DOCS.resolve("metrics.md"));
    List<String> settings =
        Catalogue.settings().stream().<String>map(Setting::key).toList();

    assertThat(METRIC.matcher(text).results().map(found -> found.group()))
        .allSatisfy(metric -> assertThat(metrics).contains(metric));
    assertThat(SETTING.matcher(text).results().map(found -> found.group(1)))
        .allSatisfy(key -> assertThat(settings).contains(key));
  }
}
