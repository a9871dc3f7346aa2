package io.candlehub.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rendezvous hashing: every node computes the same ranking of nodes for a key without asking anybody, and when a node
 * comes or goes only the keys it wins or had won change hands.
 */
public final class Rendezvous {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Rendezvous() {}

  /** Returns the node ids of the available members with a role, the preferred first. */
  public static List<String> ranking(String key, Role role, Collection<Member> members) {
    return members.stream()
        .filter(member -> member.available() && member.has(role))
        .map(Member::nodeId)
        .sorted(Comparator.<String>comparingLong(nodeId -> hash(key + '@' + nodeId))
            .reversed()
            .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** FNV-1a over the UTF-16 units, then the finalizer of MurmurHash3: stable over JVMs and versions. */
  static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
