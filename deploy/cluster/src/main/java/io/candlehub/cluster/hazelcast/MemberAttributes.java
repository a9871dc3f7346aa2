package io.candlehub.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.model.SettingException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Hazelcast member says of itself. Attributes are fixed when a member starts. */
final class MemberAttributes {
  static final String ROLES = "candlehub.roles";
  static final String VOTER = "candlehub.voter";

  /** Set by vertx-hazelcast (HazelcastClusterManager), the node id on the event bus. */
  private static final String NODE_ID = "__vertx.nodeId";

  private static final String COMMON_PREFIX = "candlehub.common.";

  private MemberAttributes() {}

  /** Returns the attribute of a setting that must be the same on all nodes. */
  static String common(String key) {
    return COMMON_PREFIX + key;
  }

  /**
   * Compares what must be the same on all nodes with those that were there before this one. Members that tell nothing do
   * not count.
   *
   * @param members the oldest first, as Hazelcast tells them
   * @param own settings of this node
   * @return what must be changed, empty if nothing
   */
  static Optional<SettingException> difference(
      Collection<Member> members, Map<String, String> own) {
    for (Member older : members) {
      if (older.localMember()) {
        return Optional.empty();
      }
      for (Map.Entry<String, String> setting : own.entrySet()) {
        String theirs = older.getAttribute(common(setting.getKey()));
        if (theirs != null && !theirs.equals(setting.getValue())) {
          return Optional.of(new SettingException(
              setting.getKey(),
              setting.getValue(),
              theirs + ", as on the node at " + older.getAddress()));
        }
      }
    }
    return Optional.empty();
  }

  static String nodeId(Member member) {
    return Optional.ofNullable(member.getAttribute(NODE_ID)).orElse("");
  }

  static boolean isVoter(Member member) {
    return Boolean.parseBoolean(member.getAttribute(VOTER));
  }

  static Set<Role> roles(Member member) {
    String text = Optional.ofNullable(member.getAttribute(ROLES)).orElse("");
    return Stream.of(text.split(",", -1))
        .flatMap(word -> Role.parse(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String text(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::wireName).collect(Collectors.joining(","));
  }
}
