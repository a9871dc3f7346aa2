package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class RepairsTest {
  @Test
  void shouldAskAFewAtATimeAndEveryOneOnce() {
    Repairs repairs = new Repairs();
    Deque<Promise<Void>> open = new ArrayDeque<>();
    int[] asked = {0};
    for (int i = 0; i < 1_000; i++) {
      repairs.ask(() -> {
        asked[0]++;
        Promise<Void> answer = Promise.promise();
        open.add(answer);
        return answer.future();
      });
    }
    assertThat(asked[0]).isEqualTo(64);
    while (!open.isEmpty()) {
      assertThat(open.size()).isLessThanOrEqualTo(64);
      if (open.size() % 2 == 0) {
        open.remove().complete();
      } else {
        open.remove().fail("no answer");
      }
    }

    assertThat(asked[0]).isEqualTo(1_000);
  }
}
