package io.candlehub.hub.store;

import com.mongodb.ConnectionString;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.vertx.core.json.JsonObject;

/**
 * What a MongoDB connection string says, and how it may be shown: without user, password and options.
 *
 * <p>The database is the one named in the string, else {@code candlehub}; a simulated market appends its storage name,
 * within MongoDB's 63 bytes for names. Source: MongoDB manual, "Connection Strings" and "Naming Restrictions".
 */
final class MongoAddress {
  private static final String DEFAULT_DATABASE = "candlehub";
  private static final int MAX_DATABASE_NAME = 63;
  private static final int SELECTION_MILLIS = 3_000;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 15_000;
  private static final String HIDDEN = "***";

  private final String uri;
  private final ConnectionString parsed;

  private MongoAddress(String uri, ConnectionString parsed) {
    this.uri = uri;
    this.parsed = parsed;
  }

  /**
   * Reads a connection string. Blocks if it is of the {@code mongodb+srv} kind, which asks the name service.
   *
   * @throws SettingException if it is malformed
   */
  static MongoAddress parse(String uri) {
    try {
      return new MongoAddress(uri, new ConnectionString(uri));
    } catch (RuntimeException e) {
      throw refused(uri);
    }
  }

  static boolean hasScheme(String uri) {
    return uri.startsWith("mongodb://") || uri.startsWith("mongodb+srv://");
  }

  /** Returns the refusal of a connection string; it shows nothing secret. */
  static SettingException refused(String uri) {
    return refused(uri, "a connection string like mongodb://host:27017/candlehub");
  }

  static SettingException refused(String uri, String allowed) {
    return new SettingException("store.mongo-uri", masked(uri), allowed);
  }

  /** Returns scheme, hosts and database of a connection string, well-formed or not. */
  static String masked(String uri) {
    if (!hasScheme(uri)) {
      return HIDDEN;
    }
    int hosts = uri.indexOf("://") + 3;
    int userEnd = uri.lastIndexOf('@');
    String shown = userEnd < hosts
        ? uri.substring(0, hosts) + uri.substring(hosts)
        : uri.substring(0, hosts) + HIDDEN + uri.substring(userEnd);
    int options = shown.indexOf('?');
    return options < 0 ? shown : shown.substring(0, options);
  }

  String masked() {
    return masked(uri);
  }

  /** Removes user name and password from a text. */
  String scrub(String text) {
    String clean = text.replace(uri, masked());
    char[] password = parsed.getPassword();
    if (password != null && password.length > 0) {
      clean = clean.replace(String.valueOf(password), HIDDEN);
    }
    String user = parsed.getUsername();
    return user == null || user.isEmpty() ? clean : clean.replace(user, HIDDEN);
  }

  String databaseOf(MarketDescriptor market) {
    String named = parsed.getDatabase();
    String base = named == null ? DEFAULT_DATABASE : named;
    if (!market.isSimulated()) {
      return base;
    }
    String suffix = "_" + StorageName.of(market);
    return base.substring(0, Math.min(base.length(), MAX_DATABASE_NAME - suffix.length())) + suffix;
  }

  /** Returns the client's configuration; what the connection string says about durability and waiting stays. */
  JsonObject clientConfig(String database) {
    JsonObject config = new JsonObject()
        .put("connection_string", uri)
        .put("db_name", database)
        .put("serverSelectionTimeoutMS", SELECTION_MILLIS)
        .put("connectTimeoutMS", CONNECT_MILLIS);
    if (parsed.getSocketTimeout() == null) {
      config.put("socketTimeoutMS", ANSWER_MILLIS);
    }
    if (parsed.getWriteConcern() == null) {
      config.put("w", "majority").put("j", true);
    }
    return config;
  }
}
