package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.massive.EventFields.Field;
import io.candlehub.model.Instrument;
import io.candlehub.model.Violation;
import java.util.List;
import java.util.Optional;

/**
 * Reads one event object of a frame into its fields without knowing what it is: the kind may stand last. A field given
 * twice counts as given last. Texts are only found; they are read when asked for, as long as the frame's bytes stand.
 *
 * <p>The provider writes the fields of a kind always in the same order, without white space. So a name is first compared
 * with the one that followed last time; any other order is read as well, only slower. Confined to one event loop and
 * reused from event to event.
 */
final class EventReader {
  private static final int BAD = JsonText.BAD;
  private static final int END = -2;
  private static final int EVENT_DEPTH = 2;
  private static final long BRACE_TO_COMMA = '{' ^ ',';

  /** Instead of a list: it was none. */
  private static final List<Integer> WRONG = List.of(-1);

  private final SymbolTable symbols = new SymbolTable();
  private final IdLists lists = new IdLists();
  private final EventFields fields = new EventFields();
  /** Which name followed a name last time, in events of a kind. */
  private final byte[] followers = new byte[WireKind.COUNT * WireNames.COUNT];

  private final int[] starts = new int[WireNames.UNUSED];
  private final int[] ends = new int[WireNames.UNUSED];
  private byte[] bytes = new byte[0];
  private int found;
  private int wrong;
  private WireKind kind = WireKind.NONE;
  private List<Integer> conditions = List.of();
  private List<Integer> indicators = List.of();
  private int row;
  private int last;
  private int end;

  /** Reads the object whose opening brace is at a position; returns the position behind it or {@link JsonText#BAD}. */
  int read(byte[] frame, int from) {
    clear(frame);
    long opening = JsonText.word(frame, from) ^ BRACE_TO_COMMA;
    int at = WireNames.isNext(WireNames.KIND, opening)
        ? value(WireNames.KIND, frame, from + WireNames.length(WireNames.KIND))
        : first(frame, JsonSkip.blank(frame, from + 1));
    while (at > 0) {
      long word = JsonText.word(frame, at);
      int name = followers[row + last];
      if (WireNames.isNext(name, word)) {
        last = name;
        int start = at + WireNames.length(name);
        if (name < EventFields.FIRST_DECIMAL) {
          at = fields.readShort(name, frame, start);
        } else {
          at = name < WireNames.UNUSED ? BAD : Decimals.skipShort(frame, start);
        }
        at = at > 0 ? at : value(name, frame, start);
      } else if ((byte) word == '}') {
        return at + 1;
      } else {
        at = next(frame, at);
      }
    }
    return at == END ? end : BAD;
  }

  /** Returns the numeric fields, and the problem of the event. */
  EventFields fields() {
    return fields;
  }

  /** Returns the kind; {@link WireKind#NONE} with a problem noted if it is no text. */
  WireKind kind() {
    if (kind == WireKind.NONE) {
      noteAbsence(WireNames.KIND);
    }
    return kind;
  }

  /**
   * Returns the instrument, or empty with a problem noted.
   *
   * @param name the field that names it, {@link WireNames#SYMBOL} or {@link WireNames#TICKER}
   */
  Optional<Instrument> instrument(int name) {
    if ((found & 1 << name) == 0) {
      noteAbsence(name);
      return Optional.empty();
    }
    Optional<Instrument> instrument = symbols.find(bytes, starts[name], ends[name]);
    if (instrument.isEmpty()) {
      fields.note(Violation.BAD_SYMBOL);
    }
    return instrument;
  }

  /** Returns a text, empty if there is none. */
  String text(int name) {
    return (found & 1 << name) != 0 ? JsonText.decode(bytes, starts[name], ends[name]) : "";
  }

  /** Returns the ids in field {@code c}, empty if it is absent or a problem was noted. */
  List<Integer> conditions() {
    return list(fields.isNumber(Field.C) ? WRONG : conditions);
  }

  /** Returns the ids in field {@code i}, empty if it is absent or a problem was noted. */
  List<Integer> indicators() {
    return list(indicators);
  }

  private void clear(byte[] frame) {
    bytes = frame;
    fields.clear();
    found = 0;
    wrong = 0;
    kind = WireKind.NONE;
    conditions = List.of();
    indicators = List.of();
    row = 0;
    last = WireNames.KIND;
  }

  private List<Integer> list(List<Integer> read) {
    if (read == WRONG) {
      fields.note(Violation.WRONG_TYPE);
      return List.of();
    }
    return read;
  }

  private void noteAbsence(int name) {
    fields.note((wrong & 1 << name) != 0 ? Violation.WRONG_TYPE : Violation.MISSING_FIELD);
  }

  private int first(byte[] frame, int at) {
    if (frame[at] == '}') {
      end = at + 1;
      return END;
    }
    return frame[at] == '"' ? member(frame, at + 1) : BAD;
  }

  /** Reads the next member, however it is written; returns {@link #END} if there is none. */
  private int next(byte[] frame, int from) {
    int at = JsonSkip.blank(frame, from);
    if (frame[at] == '}') {
      end = at + 1;
      return END;
    }
    if (frame[at] != ',') {
      return BAD;
    }
    at = JsonSkip.blank(frame, at + 1);
    return frame[at] == '"' ? member(frame, at + 1) : BAD;
  }

  /** Reads a member from its name's first character on. */
  private int member(byte[] frame, int from) {
    long word = JsonText.word(frame, from);
    int length = JsonText.beforeQuote(word);
    int name = WireNames.find(word, length);
    int close = from + length;
    if (name == WireNames.UNKNOWN) {
      close = JsonText.end(frame, from);
      if (close < 0) {
        return BAD;
      }
      name = unknown(frame, from, close);
    }
    followers[row + last] = (byte) name;
    last = name;
    int at = JsonSkip.colon(frame, close + 1);
    return at < 0 ? BAD : value(name, frame, at);
  }

  /** A name may be written with escapes. */
  private static int unknown(byte[] frame, int from, int close) {
    for (int at = from; at < close; at++) {
      if (frame[at] == '\\') {
        return WireNames.find(JsonText.decode(frame, from, close));
      }
    }
    return WireNames.UNKNOWN;
  }

  private int value(int name, byte[] frame, int at) {
    if (name < EventFields.FIRST_DECIMAL) {
      int close = fields.readShort(name, frame, at);
      return close > 0 ? close : other(name, frame, at);
    }
    if (name < EventFields.COUNT && frame[at] == '"') {
      int close = fields.readShort(name, frame, at + 1);
      return close > 0 && frame[close] == '"' ? close + 1 : other(name, frame, at);
    }
    return other(name, frame, at);
  }

  private int other(int name, byte[] frame, int from) {
    int at = frame[from] > ' ' ? from : JsonSkip.blank(frame, from);
    if (name >= WireNames.UNUSED) {
      return JsonSkip.value(frame, at, EVENT_DEPTH);
    }
    if (name >= EventFields.COUNT) {
      return name == WireNames.INDICATORS ? indicators(frame, at) : text(name, frame, at);
    }
    byte first = frame[at];
    return first == '-' || (first >= '0' && first <= '9')
        ? fields.read(name, frame, at)
        : noNumber(name, frame, at);
  }

  private int text(int name, byte[] frame, int at) {
    if (frame[at] != '"') {
      found &= ~(1 << name);
      wrong = frame[at] == 'n' ? wrong & ~(1 << name) : wrong | 1 << name;
      kind = name == WireNames.KIND ? WireKind.NONE : kind;
      return JsonSkip.value(frame, at, EVENT_DEPTH);
    }
    int close = JsonText.end(frame, at + 1);
    if (close < 0) {
      return BAD;
    }
    if (name == WireNames.KIND) {
      kind = WireKind.of(frame, at + 1, close);
      row = kind.row();
    } else {
      starts[name] = at + 1;
      ends[name] = close;
      found |= 1 << name;
    }
    return close + 1;
  }

  private int indicators(byte[] frame, int at) {
    if (frame[at] == '[') {
      int close = lists.read(frame, at);
      indicators = lists.isGood() ? lists.ids() : WRONG;
      return close;
    }
    indicators = frame[at] == 'n' ? List.of() : WRONG;
    return JsonSkip.value(frame, at, EVENT_DEPTH);
  }

  private int noNumber(int name, byte[] frame, int at) {
    byte first = frame[at];
    if (first == '[' && name == Field.C) {
      int close = lists.read(frame, at);
      conditions = lists.isGood() ? lists.ids() : WRONG;
      fields.wrong(name);
      return close;
    }
    if (name == Field.C) {
      conditions = first == 'n' ? List.of() : WRONG;
    }
    int close = JsonSkip.value(frame, at, EVENT_DEPTH);
    if (first == 'n') {
      fields.absent(name);
    } else {
      fields.wrong(name);
    }
    if (first == '"' && close > 0 && name >= EventFields.FIRST_DECIMAL) {
      double value = Decimals.parse(JsonText.decode(frame, at + 1, close - 1));
      if (!Double.isNaN(value)) {
        fields.number(name, value);
      }
    }
    return close;
  }
}
