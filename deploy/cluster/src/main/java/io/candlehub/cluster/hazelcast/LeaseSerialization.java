package io.candlehub.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Creates what travels between members by number. A number, once used, never means another form. */
final class LeaseSerialization implements DataSerializableFactory {
  static final int FACTORY_ID = 6401;
  static final int MERGE_POLICY = 5;
  static final int RECORD = 6;
  static final int PROCESSOR = 7;
  static final int COPY = 8;
  static final int REPLY = 9;

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
