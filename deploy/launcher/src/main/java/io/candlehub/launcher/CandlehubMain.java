package io.candlehub.launcher;

import io.candlehub.model.SettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program's entry (contract §1): reads the configuration, starts a {@link Node}, prints one line when it serves
 * and drains on SIGTERM.
 *
 * <p>Exit codes are those of {@link ExitCode}.
 */
@Command(
    name = "candlehub",
    description = "Market-data hub: honest candles, one seamless stream, one upstream connection.",
    mixinStandardHelpOptions = true,
    versionProvider = CandlehubMain.Version.class,
    sortOptions = false)
public final class CandlehubMain implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "A setting; wins over the environment and the file. May be repeated.")
  private final List<String> assignments = new ArrayList<>();

  @Option(
      names = "--check-config",
      description = "Prints the effective settings, secrets masked, and ends.")
  private boolean checkConfig;

  private CandlehubMain() {}

  /** Starts the program. */
  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new CandlehubMain());
    commandLine.setParameterExceptionHandler((e, given) -> {
      System.err.println("candlehub: " + e.getMessage() + " (see --help)");
      return ExitCode.WRONG_SETTING.number();
    });
    commandLine.setExecutionExceptionHandler((e, line, given) -> report(e));
    int exitCode = commandLine.execute(args);
    if (exitCode != 0 || !Drain.isArmed()) {
      Drain.exit(exitCode);
    }
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration =
        Configuration.load(Optional.ofNullable(config), System.getenv(), assignments);
    if (checkConfig) {
      NodeConfig.from(configuration.values());
      System.out.print(configuration.describe());
      return 0;
    }
    Logging.configure(configuration.values());
    FileLimits.check();
    NodeConfig nodeConfig = NodeConfig.from(configuration.values());
    Node node = Node.start(nodeConfig);
    Drain.arm(node);
    System.out.println("candlehub ready " + node.url());
    return 0;
  }

  /** Prints one line that says what went wrong; a stack trace helps nobody who mistyped a key. */
  private static int report(Exception failure) {
    Optional<SettingException> wrong = Causes.find(failure, SettingException.class);
    System.err.println("candlehub: "
        + wrong
            .map(Throwable::getMessage)
            .orElseGet(() -> "could not start: " + Causes.root(failure)));
    if (wrong.isPresent()) {
      return ExitCode.WRONG_SETTING.number();
    }
    boolean another = Causes.find(failure, OtherRunException.class).isPresent();
    return (another ? ExitCode.MARKET_OVER : ExitCode.FAILED).number();
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"candlehub " + text()};
    }

    static String text() {
      return Optional.ofNullable(CandlehubMain.class.getPackage().getImplementationVersion())
          .orElse("development");
    }
  }
}
