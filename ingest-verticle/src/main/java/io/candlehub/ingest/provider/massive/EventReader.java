package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.massive.EventFields.Field;
import io.candlehub.model.Instrument;
import io.candlehub.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one event object of a frame into its fields without knowing what it is: the kind may stand last. A field given
 * twice counts as given last. Texts and lists are only found; they are read when asked for, as long as the frame's bytes
 * stand. Confined to one event loop and reused from event to event.
 */
final class EventReader {
  private static final int BAD = JsonText.BAD;
  private static final int EVENT_DEPTH = 2;
  private static final int ABSENT = 0;
  private static final int WRONG = -1;
  private static final int CONDITIONS = Field.C.slot();

  private final SymbolTable symbols = new SymbolTable();
  private final Decimals numbers = new Decimals();
  private final IdList ids = new IdList(numbers);
  private final EventFields fields = new EventFields();
  /** Where the text or list of a field starts, or that it is absent or of a wrong type. */
  private final int[] starts = new int[WireNames.UNUSED];

  private final int[] ends = new int[WireNames.UNUSED];
  private byte[] bytes = new byte[0];

  /** Reads the object whose opening brace is at a position; returns the position behind it or {@link JsonText#BAD}. */
  int read(byte[] frame, int from) {
    bytes = frame;
    fields.clear();
    Arrays.fill(starts, ABSENT);
    int at = JsonSkip.blank(frame, from + 1);
    if (frame[at] == '}') {
      return at + 1;
    }
    while (true) {
      at = frame[at] == '"' ? member(frame, at + 1) : BAD;
      if (at < 0) {
        return BAD;
      }
      if (frame[at] <= ' ') {
        at = JsonSkip.blank(frame, at);
      }
      if (frame[at] != ',') {
        return frame[at] == '}' ? at + 1 : BAD;
      }
      at++;
      if (frame[at] <= ' ') {
        at = JsonSkip.blank(frame, at);
      }
    }
  }

  /** Returns the numeric fields, and the problem of the event. */
  EventFields fields() {
    return fields;
  }

  /** Returns the kind; {@link WireKind#NONE} with a problem noted if it is no text. */
  WireKind kind() {
    int start = starts[WireNames.KIND];
    if (start <= ABSENT) {
      fields.note(start == ABSENT ? Violation.MISSING_FIELD : Violation.WRONG_TYPE);
      return WireKind.NONE;
    }
    return WireKind.of(bytes, start, ends[WireNames.KIND]);
  }

  /**
   * Returns the instrument, or empty with a problem noted.
   *
   * @param name the field that names it, {@link WireNames#SYMBOL} or {@link WireNames#TICKER}
   */
  Optional<Instrument> instrument(int name) {
    int start = starts[name];
    if (start <= ABSENT) {
      fields.note(start == ABSENT ? Violation.MISSING_FIELD : Violation.WRONG_TYPE);
      return Optional.empty();
    }
    Optional<Instrument> found = symbols.find(bytes, start, ends[name]);
    if (found.isEmpty()) {
      fields.note(Violation.BAD_SYMBOL);
    }
    return found;
  }

  /** Returns a text, empty if there is none. */
  String text(int name) {
    return starts[name] > ABSENT ? JsonText.decode(bytes, starts[name], ends[name]) : "";
  }

  /** Returns the ids in field {@code c}, empty if it is absent or a problem was noted. */
  List<Integer> conditions() {
    if (fields.isNumber(Field.C)) {
      fields.note(Violation.WRONG_TYPE);
      return List.of();
    }
    return list(CONDITIONS).toList();
  }

  /** Returns the ids in field {@code i}, empty if it is absent or a problem was noted; they stand until the next call. */
  IdList indicators() {
    return list(WireNames.INDICATORS);
  }

  private IdList list(int name) {
    boolean good = starts[name] > ABSENT ? ids.read(bytes, starts[name]) : starts[name] == ABSENT;
    if (!good) {
      fields.note(Violation.WRONG_TYPE);
    }
    if (!good || starts[name] == ABSENT) {
      ids.clear();
    }
    return ids;
  }

  /** Reads a member from its name's first character on. */
  private int member(byte[] frame, int from) {
    long word = JsonText.word(frame, from);
    int length = JsonText.beforeQuote(word);
    int name = WireNames.find(word, length);
    int end = from + length;
    if (name == WireNames.UNKNOWN) {
      end = JsonText.end(frame, from);
      if (end < 0) {
        return BAD;
      }
      name = unknown(frame, from, end);
    }
    int at = JsonSkip.colon(frame, end + 1);
    return at < 0 ? BAD : value(name, frame, at);
  }

  /** A name may be written with escapes. */
  private static int unknown(byte[] frame, int from, int end) {
    for (int at = from; at < end; at++) {
      if (frame[at] == '\\') {
        return WireNames.find(JsonText.decode(frame, from, end));
      }
    }
    return WireNames.UNKNOWN;
  }

  private int value(int name, byte[] frame, int at) {
    if (name >= WireNames.UNUSED) {
      return JsonSkip.value(frame, at, EVENT_DEPTH);
    }
    if (name >= EventFields.COUNT) {
      return span(name, frame, at);
    }
    byte first = frame[at];
    if (first == '-' || (first >= '0' && first <= '9')) {
      int end = numbers.read(frame, at);
      fields.number(name, numbers.value(), numbers.whole());
      return end;
    }
    return noNumber(name, frame, at);
  }

  private int span(int name, byte[] frame, int at) {
    boolean isList = name == WireNames.INDICATORS;
    if (frame[at] == '"') {
      int end = JsonText.end(frame, at + 1);
      starts[name] = isList ? WRONG : at + 1;
      ends[name] = end;
      return end < 0 ? BAD : end + 1;
    }
    starts[name] = frame[at] == '[' && isList ? at : frame[at] == 'n' ? ABSENT : WRONG;
    return JsonSkip.value(frame, at, EVENT_DEPTH);
  }

  private int noNumber(int name, byte[] frame, int at) {
    int end = JsonSkip.value(frame, at, EVENT_DEPTH);
    if (end < 0) {
      return BAD;
    }
    byte first = frame[at];
    starts[name] = first == '[' ? at : first == 'n' ? ABSENT : WRONG;
    if (first == 'n') {
      fields.absent(name);
    } else if (first == '"' && EventFields.isDecimal(name)) {
      decimal(name, frame, at + 1, end - 1);
    } else {
      fields.wrong(name);
    }
    return end;
  }

  private void decimal(int name, byte[] frame, int from, int to) {
    double value = Decimals.parse(frame, from, to);
    if (Double.isNaN(value) && to > from) {
      byte[] text = JsonText.decode(frame, from, to).getBytes(StandardCharsets.UTF_8);
      value = Decimals.parse(text, 0, text.length);
    }
    if (Double.isNaN(value)) {
      fields.wrong(name);
    } else {
      fields.number(name, value, Decimals.NOT_WHOLE);
    }
  }
}
