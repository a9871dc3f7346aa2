package io.candlehub.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.candlehub.cluster.Lease;
import java.io.IOException;

/** A lease as it lies in the map. Immutable once it is there; Hazelcast fills an empty one when it reads. */
final class LeaseRecord implements IdentifiedDataSerializable {
  /** Predecessor of a lease whose history is not known. */
  static final String UNKNOWN = "?";

  private String holder;
  private String cutOff;
  private long term;
  private long renewals;
  private long ttlMillis;

  /** For Hazelcast. */
  LeaseRecord() {
    this("", UNKNOWN, 0, 0, 0);
  }

  /**
   * Creates a record.
   *
   * @param holder node id, empty if released
   * @param cutOff node id of the last holder if it did not hand over; empty if it did, {@link #UNKNOWN} if not known
   * @param term of the holder, or of the last
   * @param renewals how often it was renewed in this term; with the term, what makes a record another one
   * @param ttlMillis how long it lasts without renewal, 0 if released
   */
  LeaseRecord(String holder, String cutOff, long term, long renewals, long ttlMillis) {
    this.holder = holder;
    this.cutOff = cutOff;
    this.term = term;
    this.renewals = renewals;
    this.ttlMillis = ttlMillis;
  }

  String holder() {
    return holder;
  }

  String cutOff() {
    return cutOff;
  }

  long term() {
    return term;
  }

  long renewals() {
    return renewals;
  }

  long ttlMillis() {
    return ttlMillis;
  }

  boolean isHeld() {
    return !holder.isEmpty();
  }

  Lease lease(String key) {
    return new Lease(key, holder, term);
  }

  LeaseRecord renewed(long millis) {
    return new LeaseRecord(holder, cutOff, term, renewals + 1, millis);
  }

  LeaseRecord released(String lastHolder) {
    return new LeaseRecord("", lastHolder, term, renewals, 0);
  }

  /** Returns whether nothing was granted, renewed or given back between the two. */
  boolean isSame(LeaseRecord other) {
    return holder.equals(other.holder) && term == other.term && renewals == other.renewals;
  }

  @Override
  public int getFactoryId() {
    return LeaseSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return LeaseSerialization.RECORD;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeString(holder);
    out.writeString(cutOff);
    out.writeLong(term);
    out.writeLong(renewals);
    out.writeLong(ttlMillis);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    holder = in.readString();
    cutOff = in.readString();
    term = in.readLong();
    renewals = in.readLong();
    ttlMillis = in.readLong();
  }
}
