package io.candlehub.gateway.stream;

/** A value of which only the newest state counts, and how often it was replaced. */
final class Latest<M> implements Source<M> {
  private M value;
  private long version;

  /** Starts with a value that nobody gets. */
  Latest(M nothing) {
    value = nothing;
  }

  /** Replaces the value. */
  void take(M newer) {
    value = newer;
    version++;
  }

  /** Replaces the value by one that says the same to those who have it. */
  void refresh(M same) {
    value = same;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Position head() {
    return new Position("", version);
  }

  @Override
  public boolean continues(Position position) {
    return false;
  }

  @Override
  public M snapshot() {
    return value;
  }

  @Override
  public M after(Position position) {
    return value;
  }
}
