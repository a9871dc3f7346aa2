package io.candlehub.simulator;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.BindException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The local exchange as a program of its own. */
public final class SimulatorMain {
  private static final int USAGE = 2;
  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  private SimulatorMain() {}

  /**
   * Starts the exchange and runs until the process is ended.
   *
   * @param args {@code --set key=value}, repeated, or {@code --help}
   */
  public static void main(String[] args) {
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "io/candlehub/simulator/logback.xml");
    }
    int exit = run(args, System.out, System.err);
    if (exit >= 0) {
      System.exit(exit);
    }
  }

  /** Runs with arguments; returns the exit code, or a negative number if the exchange is serving. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length == 1 && args[0].equals("--help")) {
      help(out);
      return 0;
    }
    Vertx vertx = Vertx.vertx();
    try {
      SimulatorConfig config = SimulatorConfig.from(values(args));
      Simulator simulator = Simulator.start(vertx, config)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      out.println("simulator ready " + simulator.restUrl());
      out.flush();
      return -1;
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      err.println(explain(cause));
      vertx.close().toCompletionStage().toCompletableFuture().join();
      return USAGE;
    }
  }

  private static String explain(Throwable cause) {
    if (cause instanceof SettingException || cause instanceof IllegalArgumentException) {
      return cause.getMessage();
    }
    if (cause instanceof BindException) {
      return "setting simulator.host, simulator.port: cannot listen there: " + cause.getMessage();
    }
    return "the simulator could not start: " + cause;
  }

  private static Map<String, String> values(String[] args) {
    Set<String> keys =
        SimulatorConfig.SETTINGS.stream().map(Setting::key).collect(Collectors.toSet());
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].equals("--set") || i + 1 >= args.length) {
        throw new IllegalArgumentException(
            "unknown argument '" + args[i] + "'; allowed: --set key=value, --help");
      }
      int equals = args[i + 1].indexOf('=');
      String key = equals < 0 ? args[i + 1] : args[i + 1].substring(0, equals);
      if (equals < 0 || !keys.contains(key)) {
        throw new SettingException(
            key,
            equals < 0 ? "" : args[i + 1].substring(equals + 1),
            "unknown key; known keys are "
                + String.join(", ", keys.stream().sorted().toList()));
      }
      values.put(key, args[i + 1].substring(equals + 1));
    }
    return values;
  }

  private static void help(PrintStream out) {
    out.println("The local exchange. Options: --set key=value (repeated), --help. Keys:");
    for (Setting<?> setting : SimulatorConfig.SETTINGS) {
      String standard = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
      out.println("  " + setting.key() + " (default " + standard + "; " + setting.allowed() + ")");
      out.println("      " + setting.description());
    }
  }
}
