package io.candlehub.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Creates what travels between members by number. A number, once used, never means another class. */
final class LeaseSerialization implements DataSerializableFactory {
  static final int FACTORY_ID = 6401;
  static final int RECORD = 1;
  static final int PROCESSOR = 2;
  static final int COPY = 3;
  static final int REPLY = 4;
  static final int MERGE_POLICY = 5;

  @Override
  public IdentifiedDataSerializable create(int typeId) {
    return switch (typeId) {
      case RECORD -> new LeaseRecord();
      case PROCESSOR -> new LeaseProcessor();
      case COPY -> new LeaseCopy();
      case REPLY -> new LeaseReplyData();
      case MERGE_POLICY -> new HigherTermWins();
      default -> throw new IllegalArgumentException("no class with number " + typeId);
    };
  }
}
