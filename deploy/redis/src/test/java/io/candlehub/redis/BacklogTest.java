package io.candlehub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits, what gives way and what is dropped. */
@Timeout(60)
class BacklogTest {
  private static Outgoing message(String channel, int bytes) {
    return new Outgoing(channel, new byte[bytes]);
  }

  @Test
  void shouldKeepEverythingInOrderWhileThereIsRoom() {
    Backlog backlog = new Backlog(3, 100);
    List<Outgoing> added = List.of(message("a", 10), message("a", 10), message("b", 10));
    added.forEach(backlog::add);

    assertThat(backlog.size()).isEqualTo(3);
    for (Outgoing one : added) {
      assertThat(backlog.take()).isSameAs(one);
    }
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.replaced()).isZero();
  }

  @Test
  void shouldKeepTheNewestOfAChannelBeyondItsRoom() {
    Backlog backlog = new Backlog(3, 100);
    Outgoing newestA = message("a", 10);
    Outgoing newestB = message("b", 10);
    List.of(message("a", 10), message("b", 10), message("a", 10), newestA, newestB)
        .forEach(backlog::add);

    assertThat(backlog.replaced()).isEqualTo(3);
    assertThat(backlog.take()).isSameAs(newestA);
    assertThat(backlog.take()).isSameAs(newestB);
    backlog.add(message("a", 10));
    backlog.add(message("a", 10));
    assertThat(backlog.size()).isEqualTo(2);
  }

  @Test
  void shouldDropWhatWaitsLongestBeyondItsBytes() {
    Backlog backlog = new Backlog(100, 100);
    Outgoing second = message("b", 60);
    Outgoing third = message("c", 40);
    List.of(message("a", 60), second, third).forEach(backlog::add);

    assertThat(backlog.overflowed()).isEqualTo(1);
    assertThat(backlog.take()).isSameAs(second);
    assertThat(backlog.take()).isSameAs(third);
  }

  @Test
  void shouldTakeOneMessageThatIsTooBig() {
    Backlog backlog = new Backlog(10, 100);
    Outgoing big = message("a", 500);
    backlog.add(message("b", 10));
    backlog.add(big);

    assertThat(backlog.take()).isSameAs(big);
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void shouldPutWhatIsUnansweredBeforeWhatWaits() {
    Backlog backlog = new Backlog(10, 100);
    Outgoing waits = message("a", 10);
    Outgoing unanswered = message("b", 10);
    backlog.add(waits);

    backlog.conflate(List.of(message("a", 10), unanswered));

    assertThat(backlog.take()).isSameAs(waits);
    assertThat(backlog.take()).isSameAs(unanswered);
    assertThat(backlog.replaced()).isEqualTo(1);
  }

  @Property
  void shouldEndWithTheNewestOfEachChannel(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 5) Integer> channels,
      @ForAll @IntRange(min = 0, max = 20) int taken) {
    Backlog backlog = new Backlog(8, 1_000_000);
    Map<String, Outgoing> newest = new HashMap<>();
    List<Outgoing> out = new ArrayList<>();
    int added = 0;
    for (int channel : channels) {
      Outgoing message = message("c" + channel, 7);
      newest.put(message.channel(), message);
      backlog.add(message);
      added++;
      if (added % 10 == 0) {
        for (int n = 0; n < taken && !backlog.isEmpty(); n++) {
          out.add(backlog.take());
        }
      }
    }
    while (!backlog.isEmpty()) {
      out.add(backlog.take());
    }

    Map<String, Outgoing> last = new HashMap<>();
    out.forEach(message -> last.put(message.channel(), message));
    assertThat(last).isEqualTo(newest);
    assertThat(out.size() + backlog.replaced()).isEqualTo(added);
  }
}
