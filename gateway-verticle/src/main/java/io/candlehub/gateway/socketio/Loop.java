package io.candlehub.gateway.socketio;

/** The event loop that owns a connection: where its code runs, its elapsed time and its timers. */
interface Loop {

  /** Tells whether the caller runs on the loop. */
  boolean inLoop();

  /** Runs a task on the loop after what is running now; any thread may call it. */
  void execute(Runnable task);

  /** Returns the elapsed time in nanoseconds from an arbitrary origin. */
  long nanoTime();

  /** Runs a task on the loop after a delay of at least one millisecond; called on the loop. */
  Timer schedule(long delayMillis, Runnable task);

  /** Runs a task on the loop: at once if the caller is there already, else as soon as its turn comes. */
  default void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** A scheduled task. */
  interface Timer {

    /** Prevents the task from running if it has not run yet. */
    void cancel();
  }
}
