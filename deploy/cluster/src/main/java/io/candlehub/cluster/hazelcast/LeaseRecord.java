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
  private long expiresAtMillis;

  /** For Hazelcast. */
  LeaseRecord() {
    this("", UNKNOWN, 0, 0);
  }

  /**
   * Creates a record.
   *
   * @param holder node id, empty if released
   * @param cutOff node id of the last holder if it did not hand over; empty if it did, {@link #UNKNOWN} if not known
   * @param term of the holder, or of the last
   * @param expiresAtMillis by the wall clock of the member that holds the record
   */
  LeaseRecord(String holder, String cutOff, long term, long expiresAtMillis) {
    this.holder = holder;
    this.cutOff = cutOff;
    this.term = term;
    this.expiresAtMillis = expiresAtMillis;
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

  long expiresAtMillis() {
    return expiresAtMillis;
  }

  boolean isHeld() {
    return !holder.isEmpty();
  }

  Lease lease(String key) {
    return new Lease(key, holder, term);
  }

  LeaseRecord extendedTo(long millis) {
    return new LeaseRecord(holder, cutOff, term, millis);
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
    out.writeLong(expiresAtMillis);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    holder = in.readString();
    cutOff = in.readString();
    term = in.readLong();
    expiresAtMillis = in.readLong();
  }
}
