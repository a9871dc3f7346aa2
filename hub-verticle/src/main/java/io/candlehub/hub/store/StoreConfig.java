package io.candlehub.hub.store;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where bars are kept and for how long.
 *
 * @param mongoUri the MongoDB connection string, a secret; empty for the embedded store
 * @param dataDir the embedded store's folder
 * @param retentionDays how many days of minute bars are kept
 * @param keepSimulated true if bars of a simulated market outlive the run
 */
public record StoreConfig(String mongoUri, Path dataDir, int retentionDays, boolean keepSimulated) {
  private static final Setting<String> MONGO_URI = Setting.secret(
      "store.mongo-uri",
      "MongoDB connection string; without it bars are kept by the embedded store on local disk.");
  private static final Setting<String> DATA_DIR = Setting.text(
      "store.data-dir", "data", "Folder of the embedded store; it has a folder per market in it.");
  private static final Setting<Integer> RETENTION_DAYS = Setting.integer(
      "store.retention-days",
      400,
      1,
      36_500,
      "Days for which minute bars are kept, pruned daily; second bars are kept for at most 7, day bars for good.");
  private static final Setting<Boolean> KEEP_SIMULATED = Setting.flag(
      "store.keep-simulated",
      false,
      "Whether bars of a simulated market are kept for the next run instead of starting empty.");

  /** All settings of the stores. */
  public static final List<Setting<?>> SETTINGS =
      List.of(MONGO_URI, DATA_DIR, RETENTION_DAYS, KEEP_SIMULATED);

  /** Checks presence. */
  public StoreConfig {
    Objects.requireNonNull(mongoUri, "mongoUri");
    Objects.requireNonNull(dataDir, "dataDir");
  }

  /**
   * Reads the stores' settings.
   *
   * @throws SettingException if a value is not allowed; it never shows the connection string
   */
  public static StoreConfig from(Map<String, String> values) {
    String uri = MONGO_URI.from(values);
    if (!uri.isEmpty() && !MongoAddress.hasScheme(uri)) {
      throw MongoAddress.refused(uri);
    }
    return new StoreConfig(
        uri,
        folder(DATA_DIR.from(values)),
        RETENTION_DAYS.from(values),
        KEEP_SIMULATED.from(values));
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SettingException(DATA_DIR.key(), text, "the path of a folder");
    }
  }

  @Override
  public String toString() {
    String store = mongoUri.isEmpty() ? dataDir.toString() : MongoAddress.masked(mongoUri);
    return "StoreConfig[" + store + ", " + retentionDays + " days, keepSimulated=" + keepSimulated
        + "]";
  }
}
