package io.candlehub.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A peer written for Node. Its packages are installed by the lock file at first use, outside the repository. */
final class NodeProject {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "server.mjs");

  private NodeProject() {}

  /** Returns the folder of a project, ready to run. */
  static Path install(String name) throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "candlehub-bench-" + name);
    Files.createDirectories(folder);
    for (String file : FILES) {
      try (InputStream in =
          Objects.requireNonNull(NodeProject.class.getResourceAsStream(name + "/" + file), file)) {
        Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(folder.resolve("node_modules").resolve(".package-lock.json"))) {
      System.out.println("installing the packages of " + name);
      run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    return folder;
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("failed: " + String.join(" ", command));
    }
  }
}
