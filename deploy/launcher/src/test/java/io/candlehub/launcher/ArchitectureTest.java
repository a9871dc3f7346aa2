package io.candlehub.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the modules (docs/architecture.md), and where a vendor may be named. */
@AnalyzeClasses(packages = "io.candlehub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final List<String> VENDORS = List.of("massive", "polygon", "tradier", "databento");

  @ArchTest
  static final ArchRule MODEL_KNOWS_NO_FRAMEWORK = noClasses()
      .that()
      .resideInAPackage("io.candlehub.model..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.vertx..", "io.netty..", "io.candlehub.bus..");

  @ArchTest
  static final ArchRule SHARED_MODEL_KNOWS_NO_ROLE = noClasses()
      .that()
      .resideInAnyPackage("io.candlehub.model..", "io.candlehub.bus..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.candlehub.ingest..", "io.candlehub.hub..", "io.candlehub.gateway..");

  @ArchTest
  static final ArchRule INGEST_MEETS_OTHERS_ON_THE_BUS = noClasses()
      .that()
      .resideInAPackage("io.candlehub.ingest..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.candlehub.hub..", "io.candlehub.gateway..", "io.candlehub.simulator..");

  @ArchTest
  static final ArchRule HUB_MEETS_OTHERS_ON_THE_BUS = noClasses()
      .that()
      .resideInAPackage("io.candlehub.hub..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.candlehub.ingest..", "io.candlehub.gateway..", "io.candlehub.simulator..");

  @ArchTest
  static final ArchRule GATEWAY_MEETS_OTHERS_ON_THE_BUS = noClasses()
      .that()
      .resideInAPackage("io.candlehub.gateway..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.candlehub.ingest..", "io.candlehub.hub..", "io.candlehub.simulator..");

  @ArchTest
  static final ArchRule CLUSTER_KNOWS_NO_ROLE = noClasses()
      .that()
      .resideInAPackage("io.candlehub.cluster..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.candlehub.ingest..",
          "io.candlehub.hub..",
          "io.candlehub.gateway..",
          "io.candlehub.simulator..");

  @ArchTest
  static final ArchRule HAZELCAST_IN_ONE_PACKAGE_ONLY = noClasses()
      .that()
      .resideOutsideOfPackage("io.candlehub.cluster.hazelcast..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule CARRIERS_KNOW_NO_ROLE = noClasses()
      .that()
      .resideInAPackage("io.candlehub.redis..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.candlehub.ingest..",
          "io.candlehub.hub..",
          "io.candlehub.gateway..",
          "io.candlehub.simulator..",
          "io.candlehub.cluster.hazelcast..");

  @ArchTest
  static final ArchRule REDIS_IN_ONE_PACKAGE_ONLY = noClasses()
      .that()
      .resideOutsideOfPackage("io.candlehub.redis..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.vertx.redis..");

  @ArchTest
  static final ArchRule VERTICLES_KNOW_NO_CARRIER = noClasses()
      .that()
      .resideInAnyPackage("io.candlehub.ingest..", "io.candlehub.hub..", "io.candlehub.gateway..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.candlehub.redis..");

  /** The simulator is the independent witness of the wire: it shares calendars and settings with us and no parser. */
  @ArchTest
  static final ArchRule SIMULATOR_SHARES_NO_PARSER = classes()
      .that()
      .resideInAPackage("io.candlehub.simulator..")
      .should()
      .onlyDependOnClassesThat()
      .resideOutsideOfPackages(
          "io.candlehub.bus..",
          "io.candlehub.model.feed..",
          "io.candlehub.ingest..",
          "io.candlehub.hub..",
          "io.candlehub.gateway..");

  @ArchTest
  static final ArchRule FLOW_LOGIC_KNOWS_NO_VERTX = noClasses()
      .that()
      .resideInAnyPackage(
          "io.candlehub.hub.tape..", "io.candlehub.hub.indicator..", "io.candlehub.gateway.watch..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_MARKET = noClasses()
      .that()
      .resideInAPackage("io.candlehub.gateway.socketio..")
      .should()
      .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
          "belong to the product outside the engine",
          type -> type.getPackageName().startsWith("io.candlehub")
              && !type.getPackageName().startsWith("io.candlehub.gateway.socketio")));

  @ArchTest
  static final ArchRule CANDLE_LOGIC_KNOWS_NO_VERTX = noClasses()
      .that()
      .resideInAPackage("io.candlehub.hub.candle..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule OPTION_LOGIC_KNOWS_NO_VERTX = noClasses()
      .that()
      .resideInAPackage("io.candlehub.hub.option..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.vertx..", "io.candlehub.bus..");

  @Test
  void shouldNameVendorsInTheirPackagesOnly() throws IOException {
    List<Path> modules = Stream.of(
            "shared-model",
            "deploy/cluster",
            "deploy/redis",
            "ingest-verticle",
            "hub-verticle",
            "gateway-verticle")
        .map(module -> ROOT.resolve(module).resolve("src/main/java"))
        .toList();
    for (Path module : modules) {
      try (Stream<Path> files = Files.walk(module)) {
        assertThat(files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(ArchitectureTest::namesForeignVendor))
            .as("files of %s that name a vendor", module)
            .isEmpty();
      }
    }
  }

  private static boolean namesForeignVendor(Path file) {
    String text = read(file).toLowerCase(Locale.ROOT);
    return !file.toString().contains("/ingest/provider/")
        && VENDORS.stream().anyMatch(text::contains);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
