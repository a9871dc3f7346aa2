package io.candlehub.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own that prints one line when it serves. Safe on any thread. */
public final class ServingProcess implements AutoCloseable {
  /** Options of Java machines that soon end: they start with half the work and never compile for a peak that they do not reach. */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final Duration END = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ServingProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program and does not wait for it.
   *
   * @param command what to run
   * @param environment variables beside those of this process
   * @param log file that its standard error is added to
   * @return the program, which may not serve yet
   * @throws IOException if it cannot be started
   */
  public static ServingProcess start(
      List<String> command, Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    ServingProcess started = new ServingProcess(builder.start(), log);
    Thread reader = new Thread(started::read, "stdout of " + started.process.pid());
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  /**
   * Returns the command line of a runnable jar with settings.
   *
   * @param jvmOptions options of the Java machine, may be empty
   * @param jar the program
   * @param settings values by key, each given as {@code --set}
   * @return the words of the command line
   */
  public static List<String> command(
      List<String> jvmOptions, Path jar, Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    settings.forEach((key, value) -> {
      command.add("--set");
      command.add(key + "=" + value);
    });
    return command;
  }

  private void read() {
    try (BufferedReader reader = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("could not read: " + e.getMessage());
    }
    lines.add("ended");
  }

  /**
   * Waits for the line that says that it serves.
   *
   * @param ready how the line begins
   * @param patience how long to wait
   * @return the rest of the line
   * @throws IOException if its log cannot be read
   * @throws InterruptedException if this thread is interrupted
   */
  public String await(String ready, Duration patience) throws IOException, InterruptedException {
    String line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null || !line.startsWith(ready)) {
      kill();
      throw new AssertionError("not ready: " + line + "\n" + log());
    }
    return line.substring(ready.length());
  }

  /** Returns the system's number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Returns whether the process has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Returns what it has written to standard error.
   *
   * @throws IOException if the file cannot be read
   */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Returns what it has written to standard output since it was ready. */
  public String output() {
    return String.join("\n", lines);
  }

  /**
   * Asks it to end as an operator would and waits.
   *
   * @return its exit code, -1 if it does not end
   * @throws InterruptedException if this thread is interrupted
   */
  public int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /**
   * Waits until it ends by itself.
   *
   * @return its exit code, -1 if it does not end
   * @throws InterruptedException if this thread is interrupted
   */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor(END.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Sends it a signal.
   *
   * @param name for example {@code STOP}
   * @throws IOException if there is no {@code kill}
   * @throws InterruptedException if this thread is interrupted
   */
  public void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("no process " + pid() + " to signal");
    }
  }

  @Override
  public void close() {
    kill();
  }
}
