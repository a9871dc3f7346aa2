package io.candlehub.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import io.candlehub.cluster.Role;
import java.util.Collection;
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

  private MemberAttributes() {}

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
