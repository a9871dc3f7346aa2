package io.candlehub.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies {@link LeaseRule} where the record lies, as one step. The backup gets the value, not the question. */
final class LeaseProcessor
    implements EntryProcessor<String, LeaseRecord, LeaseReplyData>,
        HazelcastInstanceAware,
        IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;

  private transient LeaseAsk ask;
  private transient Optional<LeaseRecord> written = Optional.empty();
  private transient Optional<HazelcastInstance> hazelcast = Optional.empty();

  /** For Hazelcast. */
  LeaseProcessor() {
    this(new LeaseAsk(LeaseAsk.Kind.ABANDON, "", 0, 0, 0, LeaseAsk.Known.NOTHING));
  }

  LeaseProcessor(LeaseAsk ask) {
    this.ask = ask;
  }

  @Override
  public LeaseReplyData process(Map.Entry<String, LeaseRecord> entry) {
    Set<Member> members = hazelcast.orElseThrow().getCluster().getMembers();
    LeaseRule.View view = new LeaseRule.View(
        (int) members.stream().filter(MemberAttributes::isVoter).count(),
        nodeId ->
            members.stream().anyMatch(member -> MemberAttributes.nodeId(member).equals(nodeId)),
        System.currentTimeMillis());
    Optional<LeaseRecord> before = Optional.ofNullable(entry.getValue());
    LeaseRule.Outcome outcome = LeaseRule.apply(before, ask, view);
    if (outcome.status() == LeaseReply.Status.DONE) {
      entry.setValue(outcome.after());
      written = Optional.of(outcome.after());
    }
    return new LeaseReplyData(new LeaseReply(outcome.status(), outcome.after()));
  }

  /** Called after {@link #process}. Hazelcast takes null for "nothing to do". */
  @Override
  public EntryProcessor<String, LeaseRecord, LeaseReplyData> getBackupProcessor() {
    return written.map(LeaseCopy::new).orElse(null);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = Optional.of(instance);
  }

  @Override
  public int getFactoryId() {
    return LeaseSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return LeaseSerialization.PROCESSOR;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeString(ask.kind().name());
    out.writeString(ask.nodeId());
    out.writeLong(ask.term());
    out.writeInt(ask.quorum());
    out.writeLong(ask.ttlMillis());
    out.writeLong(ask.known().term());
    out.writeLong(ask.known().renewals());
    out.writeBoolean(ask.known().hasRunOut());
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    LeaseAsk.Kind kind = LeaseAsk.Kind.valueOf(in.readString());
    ask = new LeaseAsk(
        kind,
        in.readString(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        new LeaseAsk.Known(in.readLong(), in.readLong(), in.readBoolean()));
  }
}
