package io.candlehub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives the server under measurement a core of its own, where the system can. */
enum Cores {
  /** The first core, for the server. */
  SERVER("0"),
  /** The second core, for what loads it. */
  LOAD("1");

  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private final String core;

  Cores(String core) {
    this.core = core;
  }

  static boolean canPin() {
    return Files.isExecutable(TASKSET) && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** Returns a command that runs on this core alone, or as it is if that cannot be. */
  List<String> command(List<String> command) {
    List<String> pinned = new ArrayList<>();
    if (canPin()) {
      pinned.addAll(List.of(TASKSET.toString(), "-c", core));
    }
    pinned.addAll(command);
    return pinned;
  }

  /** Moves this process to this core. */
  void take() throws IOException, InterruptedException {
    if (canPin()) {
      Process moved = new ProcessBuilder(
              TASKSET.toString(),
              "-a",
              "-c",
              "-p",
              core,
              Long.toString(ProcessHandle.current().pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (!moved.waitFor(5, TimeUnit.SECONDS) || moved.exitValue() != 0) {
        throw new IOException("this process could not be moved to core " + core);
      }
    }
  }

  /** Returns the command of this program's own commands in a process of its own. */
  static List<String> ownCommand(String jvmOption, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        jvmOption,
        "-cp",
        System.getProperty("java.class.path"),
        BenchMain.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
