package io.candlehub.cluster.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;

/** Sets on the backup what was decided on the primary, whose view of the members it may not share. */
final class LeaseCopy
    implements EntryProcessor<String, LeaseRecord, LeaseReplyData>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;

  private transient LeaseRecord value;

  /** For Hazelcast. */
  LeaseCopy() {
    this(new LeaseRecord());
  }

  LeaseCopy(LeaseRecord value) {
    this.value = value;
  }

  @Override
  public LeaseReplyData process(Map.Entry<String, LeaseRecord> entry) {
    entry.setValue(value);
    return new LeaseReplyData(new LeaseReply(LeaseReply.Status.DONE, value));
  }

  @Override
  public int getFactoryId() {
    return LeaseSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return LeaseSerialization.COPY;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    value.writeData(out);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    value = new LeaseRecord();
    value.readData(in);
  }
}
