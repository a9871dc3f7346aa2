package io.candlehub.hub.store;

import io.candlehub.model.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the file of the embedded store in its folder, or says in one line why it cannot be used.
 *
 * <p>A damaged file is set aside under another name, because all it held can be fetched again. Blocks.
 */
final class CandleFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CandleFolder.class);
  private static final String FILE = "candles.mv.db";
  private static final String DAMAGED_FILE = "candles.damaged.mv.db";
  private static final int FORMAT = 1;
  private static final int CACHE_MEGABYTES = 8;
  /** How long dead space stays untouched; short, because every commit is flushed to the disk before the next. */
  private static final int REUSE_AFTER_MILLIS = 2_000;

  private static final int PAGE_BYTES = 4096;

  private CandleFolder() {}

  /** Opens the file, emptied before if it is to be fresh. */
  static MVStore open(Path folder, boolean fresh) {
    return use(folder, file -> {
      if (fresh) {
        lock(file, channel -> channel.truncate(0));
      }
      return openOrReplace(folder, file);
    });
  }

  /** Tries whether {@link #open} would succeed; what is in the file stays. */
  static void check(Path folder, boolean fresh) {
    use(folder, file -> {
      if (fresh) {
        lock(file, channel -> {});
      } else {
        openOrReplace(folder, file).closeImmediately();
      }
      return file;
    });
  }

  private static <T> T use(Path folder, Use<T> use) {
    Path file = folder.toAbsolutePath().resolve(FILE);
    try {
      Files.createDirectories(folder);
      checkAccess(folder, file);
      return use.of(file);
    } catch (IOException e) {
      throw refused(folder, "cannot use it (" + e.getClass().getSimpleName() + ")");
    } catch (MVStoreException e) {
      throw switch (e.getErrorCode()) {
        case DataUtils.ERROR_FILE_LOCKED -> inUse(folder);
        case DataUtils.ERROR_UNSUPPORTED_FORMAT -> refused(folder, "its file has another format");
        default -> refused(folder, "cannot open its file (error " + e.getErrorCode() + ")");
      };
    }
  }

  private static void checkAccess(Path folder, Path file) {
    if (!Files.isWritable(folder)) {
      throw refused(folder, "it is not writable");
    }
    boolean usable = Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file);
    if (Files.exists(file) && !usable) {
      throw refused(folder, FILE + " is not a readable and writable file");
    }
  }

  /** Does something under the lock that the store has while it is open. */
  private static void lock(Path file, Locked locked) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(file.getParent());
      }
      locked.with(channel);
    } catch (OverlappingFileLockException e) {
      throw inUse(file.getParent());
    }
  }

  private static MVStore openOrReplace(Path folder, Path file) throws IOException {
    try {
      return openFile(folder, file);
    } catch (MVStoreException e) {
      if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT) {
        throw e;
      }
      Files.move(file, file.resolveSibling(DAMAGED_FILE), StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("candle file is damaged, set aside and begun anew [file: {}]", file, e);
      return openFile(folder, file);
    }
  }

  private static MVStore openFile(Path folder, Path file) {
    MVStore store = new MVStore.Builder()
        .fileName(file.toString())
        .autoCommitDisabled()
        .cacheSize(CACHE_MEGABYTES)
        .pageSplitSize(PAGE_BYTES)
        .open();
    if (store.getStoreVersion() > FORMAT) {
      store.closeImmediately();
      throw refused(folder, "its file was written by a newer version of this program");
    }
    if (store.getStoreVersion() < FORMAT) {
      store.setStoreVersion(FORMAT);
    }
    store.setVersionsToKeep(0);
    store.setRetentionTime(REUSE_AFTER_MILLIS);
    return store;
  }

  private interface Use<T> {
    T of(Path file) throws IOException;
  }

  private interface Locked {
    void with(FileChannel channel) throws IOException;
  }

  private static SettingException inUse(Path folder) {
    return refused(folder, "another process uses it");
  }

  private static SettingException refused(Path folder, String reason) {
    return new SettingException(
        "store.data-dir",
        String.valueOf(folder.getParent()),
        "a folder that this process alone can read and write (" + folder.getFileName() + ": "
            + reason + ")");
  }
}
