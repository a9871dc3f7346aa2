package io.candlehub.gateway.socketio;

/**
 * Checks the UTF-8 of a text that arrives in pieces, and fails at the first octet that cannot continue it.
 *
 * <p>Source: RFC 3629, section 4; RFC 6455, section 8.1.
 */
final class Utf8Check {

  private int needed;
  private int lowest = 0x80;
  private int highest = 0xbf;

  /** Takes a piece; returns whether the text so far begins a valid one. */
  boolean accepts(byte[] piece) {
    for (byte octet : piece) {
      if (!accepts(octet & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the text may end here. */
  boolean complete() {
    return needed == 0;
  }

  private boolean accepts(int octet) {
    if (needed > 0) {
      boolean fits = octet >= lowest && octet <= highest;
      needed--;
      expect(0x80, 0xbf);
      return fits;
    }
    if (octet < 0x80) {
      return true;
    }
    if (octet < 0xc2 || octet > 0xf4) {
      return false;
    }
    if (octet < 0xe0) {
      needed = 1;
    } else if (octet < 0xf0) {
      needed = 2;
      // No overlong forms and no surrogates.
      expect(octet == 0xe0 ? 0xa0 : 0x80, octet == 0xed ? 0x9f : 0xbf);
    } else {
      needed = 3;
      // No overlong forms and nothing beyond U+10FFFF.
      expect(octet == 0xf0 ? 0x90 : 0x80, octet == 0xf4 ? 0x8f : 0xbf);
    }
    return true;
  }

  private void expect(int low, int high) {
    lowest = low;
    highest = high;
  }
}
