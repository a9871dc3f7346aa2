package io.candlehub.launcher;

/** How the program ends, for whoever starts it again (docs/operations.md). */
enum ExitCode {
  /** It drained, or did what was asked. */
  DONE(0),
  /** It could not start, or did not drain in time, for a reason that may pass. */
  FAILED(1),
  /** The command line, a setting, or what a setting names has to be changed. */
  WRONG_SETTING(2),
  /** The simulator began anew; started again, the node lives on its new run. */
  MARKET_OVER(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
