package io.candlehub.ingest;

import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedParcel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is on its way to one hub node, and whether the node is heard. A node that is silent gets nothing but a frame now
 * and then, so that no queue grows toward it. Confined to one event loop.
 */
final class NodeLink {
  private final String nodeId;
  private final Set<ShardLane> lanes = new LinkedHashSet<>();
  private final List<FeedBatch> outgoing = new ArrayList<>();
  private int outgoingBytes;
  private long flightBytes;
  private long heardNanos;
  private long probedNanos;
  private boolean silent;
  private boolean owing;

  NodeLink(String nodeId, long nowNanos) {
    this.nodeId = nodeId;
    this.heardNanos = nowNanos;
    this.probedNanos = nowNanos;
  }

  String nodeId() {
    return nodeId;
  }

  /** Returns the shards the node owns. */
  Set<ShardLane> lanes() {
    return lanes;
  }

  /** Returns how many bytes were sent and not acknowledged. */
  long flightBytes() {
    return flightBytes;
  }

  boolean isSilent() {
    return silent;
  }

  /** Takes note that bytes were sent: the node owes an acknowledgement from now on, if it did not before. */
  void sent(int bytes, long nowNanos) {
    if (!owing) {
      owing = true;
      heardNanos = nowNanos;
    }
    flightBytes += bytes;
  }

  /** Takes note that bytes arrived, or need not arrive any more. */
  void settled(int bytes) {
    flightBytes -= bytes;
    owing &= flightBytes > 0;
  }

  /** Takes note that bytes count as lost; the node still owes an acknowledgement. */
  void lost(int bytes) {
    flightBytes -= bytes;
  }

  /** Takes note that the node was heard, and returns whether it was silent before. */
  boolean heard(long nowNanos) {
    boolean before = silent;
    heardNanos = nowNanos;
    silent = false;
    owing = flightBytes > 0;
    return before;
  }

  /** Returns whether the node has not acknowledged something that was sent. */
  boolean isOwing() {
    return owing;
  }

  /** Counts the node as silent, and returns whether it was not before. */
  boolean silence(long nowNanos) {
    boolean before = silent;
    silent = true;
    probedNanos = before ? probedNanos : nowNanos;
    return !before;
  }

  /** Returns whether the node owes acknowledgements and was not heard for a time. */
  boolean isOverdue(long nowNanos, long limitNanos) {
    return owing && !silent && nowNanos - heardNanos > limitNanos;
  }

  /** Returns whether it is time to try a silent node again, and takes note of the attempt. */
  boolean isProbeDue(long nowNanos, long everyNanos) {
    if (!silent || nowNanos - probedNanos < everyNanos) {
      return false;
    }
    probedNanos = nowNanos;
    return true;
  }

  /** Adds a frame to the next parcel. */
  void add(FeedBatch batch, int bytes) {
    outgoing.add(batch);
    outgoingBytes += bytes;
  }

  /** Returns how many bytes wait to be sent as a parcel. */
  int outgoingBytes() {
    return outgoingBytes;
  }

  boolean hasOutgoing() {
    return !outgoing.isEmpty();
  }

  /** Returns what was added since the last call. */
  FeedParcel takeParcel() {
    FeedParcel parcel = new FeedParcel(outgoing);
    outgoing.clear();
    outgoingBytes = 0;
    return parcel;
  }
}
