import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints every committed record of topics: topic, partition, timestamp, key, value and headers in hex; `-` is null. */
public class RecordPrinter {
  public static void main(String[] args) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (String topic : List.of(args).subList(1, args.length)) print(consumer, topic);
    }
  }

  private static void print(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) System.out.println(line(record));
    }
  }

  private static String line(ConsumerRecord<byte[], byte[]> record) {
    String headers = StreamSupport.stream(record.headers().spliterator(), false)
        .map(RecordPrinter::header)
        .collect(Collectors.joining(","));
    return String.join(" ", record.topic(), "" + record.partition(), "" + record.timestamp(), hex(record.key()),
        hex(record.value()), "[" + headers + "]");
  }

  private static String header(Header header) {
    return header.key() + "=" + hex(header.value());
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "-" : "0x" + HexFormat.of().formatHex(bytes);
  }
}
