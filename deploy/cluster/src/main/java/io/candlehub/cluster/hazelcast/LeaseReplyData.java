package io.candlehub.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;

/** A {@link LeaseReply} on Hazelcast's wire. */
final class LeaseReplyData implements IdentifiedDataSerializable {
  private LeaseReply reply;

  /** For Hazelcast. */
  LeaseReplyData() {
    this(new LeaseReply(LeaseReply.Status.NO_MAJORITY, new LeaseRecord()));
  }

  LeaseReplyData(LeaseReply reply) {
    this.reply = reply;
  }

  LeaseReply reply() {
    return reply;
  }

  @Override
  public int getFactoryId() {
    return LeaseSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return LeaseSerialization.REPLY;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeString(reply.status().name());
    reply.record().writeData(out);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    LeaseReply.Status status = LeaseReply.Status.valueOf(in.readString());
    LeaseRecord record = new LeaseRecord();
    record.readData(in);
    reply = new LeaseReply(status, record);
  }
}
