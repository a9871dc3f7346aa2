package io.candlehub.hub.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LiveContractsTest {
  private static final ExpirationKey DECEMBER =
      new ExpirationKey("SPY", LocalDate.of(2025, 12, 19));
  private static final ExpirationKey JANUARY = new ExpirationKey("SPY", LocalDate.of(2026, 1, 16));

  private static String symbol(ExpirationKey key, char right, int strike) {
    LocalDate date = key.date();
    return String.format(
        Locale.ROOT,
        "O:SPY%02d%02d%02d%c%08d",
        date.getYear() - 2_000,
        date.getMonthValue(),
        date.getDayOfMonth(),
        right,
        strike * 1_000);
  }

  private static List<OptionContract> chain(ExpirationKey key) {
    return IntStream.rangeClosed(600, 700)
        .boxed()
        .flatMap(strike -> List.of(symbol(key, 'C', strike), symbol(key, 'P', strike)).stream())
        .map(symbol -> OptionContract.of(Instrument.of(symbol)).orElseThrow())
        .toList();
  }

  private static Set<String> around(ExpirationKey key, int centre, int each) {
    Set<String> found = new HashSet<>();
    for (int strike = centre - each; strike <= centre + each; strike++) {
      found.add(symbol(key, 'C', strike));
      found.add(symbol(key, 'P', strike));
    }
    return found;
  }

  private static LiveContracts looking(int each, int budget) {
    LiveContracts contracts = new LiveContracts(each, budget);
    contracts.contracts(DECEMBER, chain(DECEMBER));
    contracts.contracts(JANUARY, chain(JANUARY));
    contracts.spot("SPY", 650.2);
    return contracts;
  }

  @Test
  void shouldKeepAWindowAroundTheStrikeNearestToTheSpot() {
    LiveContracts contracts = looking(2, 1_000);
    LiveChange change = contracts.focus("a", DECEMBER);
    assertThat(change.entered()).containsExactlyInAnyOrderElementsOf(around(DECEMBER, 650, 2));
    assertThat(change.left()).isEmpty();
    assertThat(contracts.window(DECEMBER).contracts())
        .startsWith(symbol(DECEMBER, 'C', 650), symbol(DECEMBER, 'P', 650))
        .hasSize(10);
    assertThat(contracts.window(DECEMBER).wanted()).isEqualTo(10);
    assertThat(contracts.cut()).isZero();
    assertThat(contracts.window(JANUARY)).isEqualTo(new LiveWindow(List.of(), 0));
  }

  @Test
  void shouldStreamNoSelectionThatIsNotListed() {
    LiveContracts contracts = looking(2, 10);
    assertThat(contracts.focus("a", DECEMBER, symbol(DECEMBER, 'C', 9_999)).entered())
        .containsExactlyInAnyOrderElementsOf(around(DECEMBER, 650, 2));
    assertThat(contracts.window(DECEMBER).contracts()).hasSize(10);
  }

  @Test
  void shouldMoveOnlyWhenTheSpotIsWellBeyondTheMiddle() {
    LiveContracts contracts = looking(2, 1_000);
    contracts.focus("a", DECEMBER);
    assertThat(contracts.spot("SPY", 650.55).isEmpty()).isTrue();
    assertThat(contracts.spot("SPY", 650.59).isEmpty()).isTrue();
    LiveChange up = contracts.spot("SPY", 650.61);
    assertThat(up.entered())
        .containsExactly(symbol(DECEMBER, 'C', 653), symbol(DECEMBER, 'P', 653));
    assertThat(up.left()).containsExactly(symbol(DECEMBER, 'C', 648), symbol(DECEMBER, 'P', 648));
    assertThat(contracts.spot("SPY", 650.45).isEmpty()).isTrue();
    assertThat(contracts.spot("SPY", 650.39).left())
        .containsExactly(symbol(DECEMBER, 'C', 653), symbol(DECEMBER, 'P', 653));
    assertThat(contracts.spot("SPY", Double.NaN).isEmpty()).isTrue();
    assertThat(contracts.spot("QQQ", 500).isEmpty()).isTrue();
  }

  @Test
  void shouldShareTheWindowAndLetGoWithTheLastViewer() {
    LiveContracts contracts = looking(2, 1_000);
    contracts.focus("a", DECEMBER);
    assertThat(contracts.focus("b", DECEMBER).isEmpty()).isTrue();
    assertThat(contracts.unfocus("a").isEmpty()).isTrue();
    assertThat(contracts.unfocus("b").left()).hasSize(10);
    assertThat(contracts.unfocus("b").isEmpty()).isTrue();
    assertThat(contracts.live()).isEmpty();
  }

  @Test
  void shouldAlwaysHoldTheSelectedContract() {
    LiveContracts contracts = looking(1, 1_000);
    String far = symbol(DECEMBER, 'P', 610);
    assertThat(contracts.focus("a", DECEMBER, far).entered()).contains(far).hasSize(7);
    contracts.spot("SPY", 690);
    assertThat(contracts.live()).startsWith(far).hasSize(7);
    assertThat(contracts.window(DECEMBER).contracts()).startsWith(far);
    LiveChange change = contracts.focus("a", JANUARY);
    assertThat(change.left()).contains(far).hasSize(7);
    assertThat(change.entered()).containsExactlyInAnyOrderElementsOf(around(JANUARY, 690, 1));
  }

  @Test
  void shouldSpendTheBudgetOnTheSelectedThenTheNearest() {
    LiveContracts contracts = looking(10, 9);
    String far = symbol(DECEMBER, 'P', 610);
    String other = symbol(JANUARY, 'P', 620);
    contracts.others(Set.of(other));
    assertThat(contracts.live()).containsExactly(other);
    contracts.focus("a", DECEMBER, far);
    contracts.focus("b", JANUARY);
    assertThat(contracts.live())
        .containsExactly(
            far,
            symbol(DECEMBER, 'C', 650),
            symbol(DECEMBER, 'P', 650),
            symbol(JANUARY, 'C', 650),
            symbol(JANUARY, 'P', 650),
            symbol(DECEMBER, 'C', 649),
            symbol(DECEMBER, 'P', 649),
            symbol(DECEMBER, 'C', 651),
            symbol(DECEMBER, 'P', 651));
    assertThat(contracts.window(DECEMBER).contracts()).hasSize(7);
    assertThat(contracts.window(DECEMBER).wanted()).isEqualTo(43);
    assertThat(contracts.window(JANUARY).contracts()).hasSize(2);
    assertThat(contracts.window(JANUARY).wanted()).isEqualTo(42);
    assertThat(contracts.cut()).as("of 43 and 42 and one besides").isEqualTo(86 - 9);
    contracts.unfocus("a");
    contracts.unfocus("b");
    assertThat(contracts.live()).containsExactly(other);
    assertThat(contracts.cut()).isZero();
  }

  @Test
  void shouldWaitForSpotAndContracts() {
    LiveContracts contracts = new LiveContracts(2, 1_000);
    assertThat(contracts.focus("a", DECEMBER).isEmpty()).isTrue();
    assertThat(contracts.contracts(DECEMBER, chain(DECEMBER)).isEmpty()).isTrue();
    assertThat(contracts.spot("SPY", 650).entered()).hasSize(10);
    contracts.contracts(DECEMBER, List.of());
    assertThat(contracts.live()).isEmpty();
    List<OptionContract> fewer =
        chain(DECEMBER).stream().filter(c -> c.strike() < 640).toList();
    contracts.contracts(DECEMBER, fewer);
    assertThat(contracts.live())
        .containsExactlyInAnyOrderElementsOf(Set.of(
            symbol(DECEMBER, 'C', 639), symbol(DECEMBER, 'P', 639),
            symbol(DECEMBER, 'C', 638), symbol(DECEMBER, 'P', 638),
            symbol(DECEMBER, 'C', 637), symbol(DECEMBER, 'P', 637)));
  }

  @Test
  void shouldFollowWalksThroughTwentyStrikes() {
    for (int seed = 0; seed < 25; seed++) {
      walk(new Random(seed));
    }
  }

  private static void walk(Random random) {
    int budget = 30 + random.nextInt(40);
    String far = symbol(DECEMBER, 'P', 610);
    LiveContracts contracts = looking(5, budget);
    contracts.focus("a", DECEMBER, far);
    contracts.focus("b", JANUARY);
    Set<String> held = new HashSet<>(contracts.live());
    List<Integer> centres = new ArrayList<>(List.of(650));
    double spot = 650;
    while (spot < 670) {
      spot += 0.01 + random.nextGaussian() / 10;
      LiveChange change = contracts.spot("SPY", spot);
      assertThat(held).containsAll(change.left());
      assertThat(change.entered()).noneMatch(held::contains);
      held.removeAll(Set.copyOf(change.left()));
      held.addAll(change.entered());
      assertThat(held).hasSizeLessThanOrEqualTo(budget).contains(far);
      assertThat(Set.copyOf(contracts.live())).isEqualTo(held);
      int before = centres.get(centres.size() - 1);
      if (change.isEmpty()) {
        assertThat(Math.abs(spot - before)).isLessThanOrEqualTo(0.6 + 1e-9);
      } else {
        assertThat(Math.abs(spot - before)).isGreaterThan(0.6 - 1e-9);
        centres.add((int) Math.rint(spot));
      }
      int centre = centres.get(centres.size() - 1);
      assertThat(held).containsAll(around(DECEMBER, centre, 1));
      if (budget >= 45) {
        Set<String> whole = around(DECEMBER, centre, 5);
        whole.addAll(around(JANUARY, centre, 5));
        whole.add(far);
        assertThat(held).isEqualTo(whole);
      }
    }
    assertThat(contracts.unfocus("a").left()).contains(far);
  }
}
