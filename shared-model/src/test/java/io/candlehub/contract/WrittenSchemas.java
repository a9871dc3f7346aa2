package io.candlehub.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The documents and the schemas in them. References, from one document to the other too, are made absolute when they are
 * read. Safe to use from any thread.
 */
final class WrittenSchemas {
  static final String REST = "openapi.yaml";
  static final String EVENTS = "asyncapi.yaml";

  private static final String BASE = "https://candlehub.example/";
  private static final String REF = "$ref";
  private static final int MOST_SHOWN = 2_000;
  private static final WrittenSchemas SHARED = new WrittenSchemas();

  private final Map<String, JsonObject> documents;
  private final SchemaRepository repository;
  private final Map<JsonObject, Validator> quick = new ConcurrentHashMap<>();

  private WrittenSchemas() {
    documents = Map.of(REST, read(REST), EVENTS, read(EVENTS));
    repository = SchemaRepository.create(options(OutputFormat.Flag));
    documents.forEach((name, document) -> repository.dereference(
        BASE + name,
        JsonSchema.of(new JsonObject()
            .put(
                "components",
                new JsonObject()
                    .put(
                        "schemas",
                        document.getJsonObject("components").getJsonObject("schemas"))))));
  }

  private static JsonSchemaOptions options(OutputFormat output) {
    return new JsonSchemaOptions()
        .setBaseUri(BASE)
        .setDraft(Draft.DRAFT202012)
        .setOutputFormat(output);
  }

  static WrittenSchemas shared() {
    return SHARED;
  }

  /** Returns the folder of the documents, above the folder the tests run in. */
  static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.exists(here.resolve("docs").resolve(REST))) {
      here = here.getParent();
    }
    return Objects.requireNonNull(here, "no docs folder above " + Path.of("").toAbsolutePath())
        .resolve("docs");
  }

  private static JsonObject read(String name) {
    try (Reader in = Files.newBufferedReader(folder().resolve(name))) {
      Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return (JsonObject) absolute(name, new JsonObject(map));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object absolute(String document, Object value) {
    if (value instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object.forEach(field -> copy.put(
          field.getKey(),
          field.getKey().equals(REF)
              ? absolute(document, (String) field.getValue())
              : absolute(document, field.getValue())));
      return copy;
    }
    if (value instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(item -> copy.add(absolute(document, item)));
      return copy;
    }
    return value;
  }

  private static String absolute(String document, String reference) {
    return BASE
        + (reference.startsWith("#") ? document + reference : reference.replaceFirst("^\\./", ""));
  }

  JsonObject document(String name) {
    return documents.get(name);
  }

  /** Returns what an object says itself or, if it is a reference, what it refers to. */
  JsonObject resolved(JsonObject object) {
    String reference = object.getString(REF);
    if (reference == null) {
      return object;
    }
    String[] parts = reference.substring(BASE.length()).split("#/", 2);
    JsonObject found = documents.get(parts[0]);
    for (String step : parts[1].split("/", -1)) {
      found = found.getJsonObject(step.replace("~1", "/").replace("~0", "~"));
      Objects.requireNonNull(found, reference);
    }
    return resolved(found);
  }

  /** Fails if a value is not as a schema says; only then the faults are looked for, which takes long. */
  void check(String what, JsonObject schema, Object whole) {
    Object value = Alike.thinned(whole);
    boolean valid = quick
        .computeIfAbsent(schema, fresh -> repository.validator(JsonSchema.of(fresh)))
        .validate(value)
        .getValid();
    if (!valid) {
      OutputUnit result = repository
          .validator(JsonSchema.of(schema.copy()), options(OutputFormat.Basic))
          .validate(value);
      String faults = Stream.ofNullable(result.getErrors())
          .flatMap(List::stream)
          .map(fault -> fault.getInstanceLocation() + ": " + fault.getError())
          .distinct()
          .collect(Collectors.joining("\n  "));
      String text = String.valueOf(value);
      throw new AssertionError(what + " is not as documented:\n  " + faults + "\n"
          + text.substring(0, Math.min(MOST_SHOWN, text.length())));
    }
  }
}
