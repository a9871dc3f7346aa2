package io.candlehub.launcher;

/**
 * The nodes of the cluster live on another run of the simulator, which they are about to leave, or on another simulator.
 */
final class OtherRunException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  OtherRunException(String difference) {
    super("the cluster lives on another run of the simulator, or on another simulator: "
        + difference);
  }
}
