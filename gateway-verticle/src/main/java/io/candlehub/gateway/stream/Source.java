package io.candlehub.gateway.stream;

/** What the cursors of one address read. Its version rises with every change; 0 means that there is nothing yet. */
interface Source<M> {
  /** Returns how often the content has changed. */
  long version();

  /** Returns the newest position. */
  Position head();

  /** Returns true if an update can continue the position; else only a snapshot can. */
  boolean continues(Position position);

  /** Returns everything, for a position that cannot be continued. */
  M snapshot();

  /** Returns all that changed after a position that can be continued. */
  M after(Position position);
}
