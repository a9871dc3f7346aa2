package io.candlehub.launcher;

import com.sun.management.UnixOperatingSystemMXBean;
import io.candlehub.model.SettingException;
import java.lang.management.ManagementFactory;

/** Refuses to start with a limit on open files that a handful of clients would exhaust. */
final class FileLimits {
  private static final long LEAST = 1024;

  private FileLimits() {}

  static void check() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < LEAST) {
      throw new SettingException(
          "open files (ulimit -n)",
          Long.toString(system.getMaxFileDescriptorCount()),
          "at least " + LEAST);
    }
  }
}
