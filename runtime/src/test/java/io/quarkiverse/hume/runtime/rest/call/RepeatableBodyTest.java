package io.quarkiverse.hume.runtime.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.smallrye.mutiny.Multi;

class RepeatableBodyTest {

    static Stream<Arguments> bodies() {
        Stream<String> stream = Stream.of("a");
        return Stream.of(
                Arguments.of("a", true), Arguments.of(new byte[] { 1 }, true), Arguments.of(List.of("a"), true),
                Arguments.of(Path.of("file"), true), Arguments.of(new ByteArrayInputStream(new byte[] { 1 }), false),
                Arguments.of(new StringReader("a"), false), Arguments.of(Multi.createFrom().item("a"), false),
                Arguments.of(List.of("a").iterator(), false), Arguments.of(stream, false),
                Arguments.of(IntStream.of(1), false), Arguments.of(new GenericEntity<>(stream, Stream.class), false));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyThatIsConsumed_isNotRepeatable(Object body, boolean repeatable) {
        assertThat(RepeatableBody.isRepeatable(Entity.entity(body, new MediaType("text", "plain")))).isEqualTo(repeatable);
    }
}
