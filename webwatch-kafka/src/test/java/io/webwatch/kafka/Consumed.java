package io.webwatch.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that topics hold, read by a consumer from the first record to the last; those of a partition in order. */
record Consumed(List<ConsumerRecord<byte[], byte[]>> records) {
    /** Of topics whose names begin so. */
    static Consumed withPrefix(String servers, String prefix) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Set<String> names = admin.listTopics().names().get();
            return of(
                    servers,
                    names.stream().filter(name -> name.startsWith(prefix)).toList());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Consumed of(String servers, Collection<String> topics) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", servers, "enable.auto.commit", false, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return new Consumed(records);
    }

    /** Ids by the header, one for each record. */
    List<String> ids() {
        return records.stream().map(record -> header(record, Records.ID_HEADER)).collect(Collectors.toList());
    }

    Set<String> distinctIds() {
        return new HashSet<>(ids());
    }

    int copies() {
        return records.size() - distinctIds().size();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    static String text(byte[] utf8) {
        return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
    }
}
