package io.candlehub.ingest.provider.massive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of ids as an event carries it, for example {@code [14,37]}. Lists seen before are given out again, so that
 * nothing is created for them. Confined to one event loop and reused from event to event.
 */
final class IdList {
  private static final int MAX_KEPT_IDS = 8;
  private static final int MAX_KEPT_LISTS = 2_048;
  private static final int SLOTS = 4 * MAX_KEPT_LISTS;

  private final Kept[] kept = new Kept[SLOTS];
  private final Decimals numbers;
  private int[] ids = new int[MAX_KEPT_IDS];
  private int size;
  private int lists;

  private static final class Kept {
    private final int[] ids;
    private final List<Integer> list;

    Kept(int[] ids, List<Integer> list) {
      this.ids = ids;
      this.list = list;
    }
  }

  /**
   * Creates an empty list.
   *
   * @param numbers reads the numbers
   */
  IdList(Decimals numbers) {
    this.numbers = numbers;
  }

  /**
   * Reads an array that is known to be valid JSON and returns true if it holds nothing but whole numbers.
   *
   * @param bytes a text as {@link JsonText} wants it
   * @param from the opening bracket
   */
  boolean read(byte[] bytes, int from) {
    size = 0;
    int at = JsonSkip.blank(bytes, from + 1);
    while (bytes[at] != ']') {
      at = numbers.read(bytes, at);
      if (at < 0 || !isId()) {
        return false;
      }
      add((int) numbers.value());
      at = JsonSkip.blank(bytes, at);
      if (bytes[at] == ',') {
        at = JsonSkip.blank(bytes, at + 1);
      }
    }
    return true;
  }

  /** Forgets those read last. */
  void clear() {
    size = 0;
  }

  /** Returns true if an id is among those read last. */
  boolean contains(int id) {
    for (int i = 0; i < size; i++) {
      if (ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  /** Returns those read last, unmodifiable. */
  List<Integer> toList() {
    if (size == 0) {
      return List.of();
    }
    if (size > MAX_KEPT_IDS) {
      return copy();
    }
    int at = slot();
    if (kept[at] != null) {
      return kept[at].list;
    }
    List<Integer> fresh = copy();
    if (lists < MAX_KEPT_LISTS) {
      kept[at] = new Kept(Arrays.copyOf(ids, size), fresh);
      lists++;
    }
    return fresh;
  }

  private int slot() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + ids[i];
    }
    int at = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    while (kept[at] != null && !Arrays.equals(kept[at].ids, 0, kept[at].ids.length, ids, 0, size)) {
      at = (at + 1) & (SLOTS - 1);
    }
    return at;
  }

  private boolean isId() {
    double value = numbers.value();
    return value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE;
  }

  private void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  private List<Integer> copy() {
    List<Integer> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(ids[i]);
    }
    return List.copyOf(list);
  }
}
