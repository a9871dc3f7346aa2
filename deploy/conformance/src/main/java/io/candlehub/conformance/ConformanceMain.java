package io.candlehub.conformance;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Serves one of the small applications that the public protocol suites expect, until the process is ended.
 *
 * <p>Prints {@code conformance ready http://HOST:PORT} when it listens. Exit codes: 1 if it cannot listen, 2 for a wrong
 * command line.
 */
@Command(
    name = "candlehub-conformance",
    description = "Serves the applications of the public protocol suites on Candlehub's engine.",
    mixinStandardHelpOptions = true,
    versionProvider = ConformanceMain.Version.class,
    sortOptions = false)
public final class ConformanceMain implements Callable<Integer> {
  private static final int WRONG_USAGE = 2;
  private static final int FAILED = 1;
  private static final int SERVING = -1;
  private static final int MAX_PORT = 65_535;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--app",
      required = true,
      paramLabel = "APP",
      converter = SuiteConverter.class,
      description = "What to serve, see below.")
  private Suite suite;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port, 0 for a free one (default).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default ${DEFAULT-VALUE}).")
  private String host;

  private ConformanceMain() {}

  /** Starts the program. */
  public static void main(String[] args) {
    int exit = run(args, printer(System.out), printer(System.err));
    if (exit != SERVING) {
      System.exit(exit);
    }
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs with arguments; returns the exit code, or a negative number if the application is serving. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new ConformanceMain()).setOut(out).setErr(err);
    line.getCommandSpec()
        .usageMessage()
        .footer(Suite.ALL.stream()
            .map(suite -> String.format("  %-16s %s", suite.option(), suite.purpose()))
            .collect(Collectors.joining("%n", "%nAPP is one of%n", "")));
    line.setParameterExceptionHandler((e, given) -> {
      err.println("candlehub-conformance: " + e.getMessage() + " (see --help)");
      return WRONG_USAGE;
    });
    return line.execute(args);
  }

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    if (port < 0 || port > MAX_PORT) {
      throw new ParameterException(line, "--port must be 0 to " + MAX_PORT + ", not " + port);
    }
    Vertx vertx = Vertx.vertx();
    ConformanceVerticle verticle = new ConformanceVerticle(suite.app().get(), host, port);
    try {
      vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      line.getErr()
          .println("candlehub-conformance: cannot listen on " + host + ":" + port + ": "
              + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
      vertx.close().toCompletionStage().toCompletableFuture().join();
      return FAILED;
    }
    line.getOut().println("conformance ready http://" + host + ":" + verticle.port());
    return SERVING;
  }

  /** Reads the name of an application. */
  static final class SuiteConverter implements CommandLine.ITypeConverter<Suite> {
    @Override
    public Suite convert(String value) {
      return Suite.named(value)
          .orElseThrow(() -> new CommandLine.TypeConversionException(
              "'" + value + "' is none of " + String.join(", ", Suite.options())));
    }
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "candlehub-conformance "
            + Optional.ofNullable(ConformanceMain.class.getPackage().getImplementationVersion())
                .orElse("development")
      };
    }
  }
}
