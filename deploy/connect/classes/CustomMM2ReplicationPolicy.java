package com.amazonaws.kafka.samples;

import org.apache.kafka.connect.mirror.IdentityReplicationPolicy;

/** A class name that migrations of the Amazon MSK lab have in their connectors. Topics keep their names, as they always did by it. */
public class CustomMM2ReplicationPolicy extends IdentityReplicationPolicy {}
