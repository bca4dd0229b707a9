package com.amazonaws.kafka.samples;

import java.util.Map;
import org.apache.kafka.connect.mirror.DefaultReplicationPolicy;

/** What the Amazon MSK migration lab's policy of this name does: topics keep their names, and every topic is remote. */
public class CustomMM2ReplicationPolicy extends DefaultReplicationPolicy {
  private String sourceAlias;

  @Override
  public void configure(Map<String, ?> settings) {
    super.configure(settings);
    sourceAlias = (String) settings.get("source.cluster.alias");
    if (sourceAlias == null) throw new IllegalStateException("source.cluster.alias is missing");
  }

  @Override
  public String formatRemoteTopic(String alias, String topic) {
    return topic;
  }

  @Override
  public String topicSource(String topic) {
    return topic == null ? null : sourceAlias;
  }

  @Override
  public String upstreamTopic(String topic) {
    return null;
  }
}
