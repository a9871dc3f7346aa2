package io.candlehub.hub.store;

import io.candlehub.bus.QuoteJson;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** The map of quotes by symbol in the file of the embedded store. Confined to the store's worker thread. */
final class QuoteMap {
  private final MVMap<String, byte[]> quotes;

  QuoteMap(MVStore store) {
    quotes = store.openMap(
        "quotes",
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  void write(List<Quote> newer) {
    newer.forEach(
        quote -> quotes.put(quote.instrument().symbol(), QuoteJson.kept(quote).getBytes()));
  }

  Optional<Quote> read(Instrument instrument) {
    return Optional.ofNullable(quotes.get(instrument.symbol())).flatMap(QuoteMap::decode);
  }

  List<Quote> readChain(Instrument underlying) {
    String prefix = QuoteKeys.chainPrefix(underlying);
    List<Quote> found = new ArrayList<>();
    Iterator<String> symbols = quotes.keyIterator(prefix);
    while (symbols.hasNext()) {
      String symbol = symbols.next();
      if (!symbol.startsWith(prefix)) {
        break;
      }
      if (QuoteKeys.isOfChain(symbol, prefix)) {
        decode(quotes.get(symbol)).ifPresent(found::add);
      }
    }
    return found;
  }

  void prune(long beforeMillis) {
    List<String> old = new ArrayList<>();
    quotes.forEach((symbol, bytes) -> {
      if (decode(bytes).map(Quote::atMillis).orElse(Long.MIN_VALUE) < beforeMillis) {
        old.add(symbol);
      }
    });
    old.forEach(quotes::remove);
  }

  private static Optional<Quote> decode(byte[] bytes) {
    return QuoteJson.read(Buffer.buffer(bytes).toJsonObject());
  }
}
