package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.contract.RestContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of failure codes and the codes say the same. */
@Timeout(30)
class FailurePageTest {
  private static final Pattern ROW = Pattern.compile(
      "^\\| `([A-Z_]+)` \\| (\\d{3}) \\| (yes|no) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

  @Test
  void shouldTellEveryCodeWithStatusAndWhetherToTryAgain() throws IOException {
    Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "errors.md")));
    List<String> rows = new ArrayList<>();
    while (row.find()) {
      rows.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
    }
    assertThat(rows)
        .containsExactlyElementsOf(Stream.of(Failure.values())
            .map(code -> code + " " + code.httpStatus() + (code.isRetryable() ? " yes" : " no"))
            .toList());
  }

  @Test
  void shouldBeTheCodesOfTheDocument() {
    assertThat(RestContract.failureCodes())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Failure.values()).map(Failure::name).toList());
  }
}
