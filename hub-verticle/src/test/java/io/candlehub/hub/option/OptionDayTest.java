package io.candlehub.hub.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candlehub.model.Greeks;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionRight;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.TradingCalendar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chains at given minutes of published days against the figures of the data's EXPECTED.md, section C6. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OptionDayTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Pattern HEAD = Pattern.compile(
      "^\\* \\*\\*(\\w+) ([0-9-]+) as of ([0-9:]+) ET\\*\\*: contracts quoted so far (\\d+), with both"
          + " sides (\\d+), expirations (\\d+) \\(.*?\\); expiration (\\d+): (\\d+) contracts, (\\d+) strikes.*");
  private static final Pattern SPOT =
      Pattern.compile("before T = ([0-9.]+); nearest strike ([0-9.]+)");
  private static final Pattern LEG = Pattern.compile(
      "(O:\\w+) bid ([0-9.]+) x (\\d+) ask ([0-9.]+) x (\\d+) volume-before-T (\\d+) \\[mid ([0-9.]+),"
          + " T=([0-9.]+)y, BS\\(r=q=0\\) iv ([0-9.]+), delta ([0-9.-]+)\\]");
  private static final PricingModel FREE = new PricingModel(0, 0);

  @Test
  void shouldGiveExpectedChainsOfPublishedQuotes() throws IOException {
    Optional<String> data = Optional.ofNullable(System.getenv("CANDLEHUB_SHARED_DATA"));
    assumeTrue(
        data.isPresent(), "skipped: no shared market data (the twin on generated data runs)");
    assertThat(checked(Path.of(data.orElseThrow()))).isEqualTo(6);
  }

  @Test
  void shouldGiveExpectedChainsOfGeneratedQuotes(@TempDir Path root) throws IOException {
    generate(root);
    assertThat(checked(root)).isEqualTo(1);
  }

  /** Checks every chain the file describes and returns their number. */
  private static int checked(Path root) throws IOException {
    int chains = 0;
    List<String> lines = Files.readAllLines(root.resolve("EXPECTED.md"));
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = HEAD.matcher(lines.get(i));
      if (head.matches()) {
        check(root, head, lines.get(i + 1));
        chains++;
      }
    }
    return chains;
  }

  private static void check(Path root, Matcher head, String values) throws IOException {
    LocalTime time = LocalTime.parse(head.group(3));
    long at = LocalDateTime.of(LocalDate.parse(head.group(2)), time)
        .atZone(NEW_YORK)
        .toInstant()
        .toEpochMilli();
    OptionDay day = new OptionDay(root, head.group(2), head.group(1), at);
    ChainBook book = new ChainBook(head.group(1), new LegValuer(FREE));
    book.snapshot(day.legs());
    book.spot(new Spot(day.spot(), at));
    OptionChain chain = book.chain(ChainFilter.ALL, at);
    List<OptionLeg> legs =
        chain.expirations().stream().flatMap(OptionDayTest::legs).toList();
    assertThat(legs).hasSize(Integer.parseInt(head.group(4)));
    assertThat(legs.stream().filter(leg -> leg.mid() > 0)).hasSize(Integer.parseInt(head.group(5)));
    assertThat(chain.expirations()).hasSize(Integer.parseInt(head.group(6)));
    LocalDate date = LocalDate.parse(head.group(7), DateTimeFormatter.BASIC_ISO_DATE);
    OptionChain.Expiration expiration =
        book.copy(Set.of(date)).chain(ChainFilter.ALL, at).expirations().get(0);
    assertThat(legs(expiration)).hasSize(Integer.parseInt(head.group(8)));
    assertThat(expiration.strikes()).hasSize(Integer.parseInt(head.group(9)));
    Matcher spot = SPOT.matcher(values);
    assertThat(spot.find()).isTrue();
    assertThat(chain.spot()).isEqualTo(Double.parseDouble(spot.group(1)));
    double[] strikes =
        expiration.strikes().stream().mapToDouble(OptionChain.Strike::price).toArray();
    assertThat(strikes[StrikeWindow.nearest(strikes, chain.spot())])
        .isEqualTo(Double.parseDouble(spot.group(2)));
    Matcher leg = LEG.matcher(values);
    while (leg.find()) {
      checkLeg(book.leg(leg.group(1), at).orElseThrow(), leg, chain.spot(), at);
    }
  }

  private static Stream<OptionLeg> legs(OptionChain.Expiration expiration) {
    return expiration.strikes().stream().flatMap(strike -> strike.legs().stream());
  }

  private static void checkLeg(OptionLeg leg, Matcher expected, double spot, long at) {
    assertThat(leg.bid()).isEqualTo(Double.parseDouble(expected.group(2)));
    assertThat(leg.bidSize()).isEqualTo(Double.parseDouble(expected.group(3)));
    assertThat(leg.ask()).isEqualTo(Double.parseDouble(expected.group(4)));
    assertThat(leg.askSize()).isEqualTo(Double.parseDouble(expected.group(5)));
    assertThat(leg.volume()).isEqualTo(Double.parseDouble(expected.group(6)));
    assertThat(leg.mid()).isCloseTo(Double.parseDouble(expected.group(7)), within(1e-9));
    double years = Double.parseDouble(expected.group(8));
    double iv = Double.parseDouble(expected.group(9));
    double delta = Double.parseDouble(expected.group(10));
    OptionTerms terms = OptionTerms.of(leg.contract());
    long afternoon = TradingCalendar.nyse()
        .atOrBefore(leg.contract().expiration())
        .date()
        .atTime(16, 0)
        .atZone(NEW_YORK)
        .toInstant()
        .toEpochMilli();
    assertThat((afternoon - at) / 3_600_000.0 / 24 / 365).isCloseTo(years, within(1e-9));
    if (terms.expiryMillis() == afternoon) {
      assertThat(leg.volatility()).isCloseTo(iv, within(6e-7));
      assertThat(leg.greeks().delta()).isCloseTo(delta, within(6e-7));
    } else {
      // The file knows neither half days nor settlement in the morning: computed with its time.
      ExpirationPricer pricer = FREE.european(years);
      OptionContract contract = leg.contract();
      Implied implied = pricer.implied(contract.right(), spot, contract.strike(), leg.mid());
      double found = ((Implied.Found) implied).volatility();
      assertThat(found).isCloseTo(iv, within(6e-7));
      assertThat(pricer.greeks(contract.right(), spot, contract.strike(), found).delta())
          .isCloseTo(delta, within(6e-7));
    }
  }

  /** Writes a day of our own: 11 strikes, quotes before and after the instant, one contract bid on one side only. */
  private static void generate(Path root) throws IOException {
    long at =
        LocalDateTime.parse("2014-06-05T11:00").atZone(NEW_YORK).toInstant().toEpochMilli();
    List<String> quotes = new ArrayList<>(
        List.of("ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,"
            + "sequence_number,sip_timestamp"));
    List<String> bars =
        new ArrayList<>(List.of("ticker,volume,open,close,high,low,window_start,transactions"));
    ExpirationPricer pricer = FREE.european(21_900 / 525_600.0);
    for (int strike = 65; strike <= 75; strike++) {
      for (OptionRight right : OptionRight.values()) {
        String symbol =
            String.format(Locale.ROOT, "O:TWX140621%c%08d", right.letter(), strike * 1_000);
        double mid = pricer.price(right, 70.2, strike, 0.25);
        String bid = strike == 75 && right == OptionRight.CALL ? "0" : "" + (mid - 0.015625);
        quotes.add(symbol + ",,9,1,,8,1,1," + (at - 60_000) + "000000");
        quotes.add(symbol + ",," + (mid + 0.015625) + ",4,," + bid + ",3,2," + at + "000000");
        quotes.add(symbol + ",,9,1,,8,1,3," + (at + 1) + "000000");
        bars.add(symbol + ",7,1,1,1,1," + (at - 60_000) + "000000,");
        bars.add(symbol + ",5,1,1,1,1," + at + "000000,");
      }
    }
    write(root, "us_options_opra/quotes_v1", quotes);
    write(root, "us_options_opra/minute_aggs_v1", bars);
    write(
        root,
        "us_stocks_sip/minute_aggs_v1",
        List.of(
            "ticker,volume,open,close,high,low,window_start,transactions",
            "TWX,1,70,70.2,71,70,1401980340000000000,",
            "TWX,1,70,71,71,70,1401980400000000000,"));
    double mid = pricer.price(OptionRight.PUT, 70.2, 70, 0.25);
    Greeks greeks = pricer.greeks(OptionRight.PUT, 70.2, 70, 0.25);
    Files.writeString(
        root.resolve("EXPECTED.md"),
        "* **TWX 2014-06-05 as of 11:00 ET**: contracts quoted so far 22, with both sides 21, expirations 1"
            + " (20140621…20140621); expiration 20140621: 22 contracts, 11 strikes 65–75\n"
            + "  underlying = close of the last minute bar before T = 70.2; nearest strike 70;"
            + " O:TWX140621P00070000 bid " + (mid - 0.015625) + " x 3 ask " + (mid + 0.015625)
            + " x 4 volume-before-T 7 [mid " + mid + ", T=0.041666667y, BS(r=q=0) iv 0.250000,"
            + " delta " + greeks.delta() + "]\n");
  }

  private static void write(Path root, String dataset, List<String> lines) throws IOException {
    Path folder = Files.createDirectories(root.resolve(dataset).resolve("2014/06"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("2014-06-05.csv.gz")))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
