package io.candlehub.clustertests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The lines that say what was measured: on standard output and in a file of the build. */
final class Report {
  private static final Path FILE = Path.of("target", "cluster-report.txt");

  private Report() {}

  static synchronized void line(String line) throws IOException {
    System.out.println(line);
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
