package io.candlehub.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;

/**
 * Merges the leases of two halves of a cluster. Public, with a public constructor, because Hazelcast creates it by name;
 * the plain {@code MergingValue} because Hazelcast refuses richer ones without statistics per entry.
 */
public final class HigherTermWins
    implements SplitBrainMergePolicy<LeaseRecord, MergingValue<LeaseRecord>, Object>,
        IdentifiedDataSerializable {
  /** Returns the raw value that survives; {@code existing} is null if there is none. */
  @Override
  public Object merge(MergingValue<LeaseRecord> merging, MergingValue<LeaseRecord> existing) {
    if (existing == null || existing.getValue() == null) {
      return merging.getRawValue();
    }
    LeaseRecord ours = existing.getValue();
    return LeaseRule.merged(ours, merging.getValue()) == ours
        ? existing.getRawValue()
        : merging.getRawValue();
  }

  @Override
  public int getFactoryId() {
    return LeaseSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return LeaseSerialization.MERGE_POLICY;
  }

  /** It has no state. */
  @Override
  public void writeData(ObjectDataOutput out) {}

  /** It has no state. */
  @Override
  public void readData(ObjectDataInput in) {}
}
