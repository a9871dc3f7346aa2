package io.candlehub.hub.store;

import io.candlehub.bus.SelectionJson;
import io.candlehub.model.Selection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** The map of selections by caller in the file of the embedded store. Confined to the store's worker thread. */
final class SelectionMap {
  private static final String AT = "at";

  private final MVMap<String, byte[]> selections;

  SelectionMap(MVStore store) {
    selections = store.openMap(
        "selections",
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  void write(String caller, Selection selection, long atMillis) {
    selections.put(
        caller, SelectionJson.write(selection).put(AT, atMillis).toBuffer().getBytes());
  }

  Optional<Selection> read(String caller) {
    return Optional.ofNullable(selections.get(caller))
        .map(SelectionMap::json)
        .flatMap(SelectionJson::read);
  }

  void prune(long beforeMillis) {
    List<String> old = new ArrayList<>();
    selections.forEach((caller, bytes) -> {
      if (json(bytes).getLong(AT, Long.MIN_VALUE) < beforeMillis) {
        old.add(caller);
      }
    });
    old.forEach(selections::remove);
  }

  private static JsonObject json(byte[] bytes) {
    return Buffer.buffer(bytes).toJsonObject();
  }
}
