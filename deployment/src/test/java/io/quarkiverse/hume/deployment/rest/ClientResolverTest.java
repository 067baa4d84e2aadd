package io.quarkiverse.hume.deployment.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.test.shapes.Shape;
import io.quarkiverse.hume.test.shapes.Shape.Expectation;
import io.quarkiverse.hume.test.shapes.Shapes;

/** Randomly generated REST clients, including contradictory ones, are resolved as documented. */
class ClientResolverTest {

    private static final int SHAPES = 250;

    @TestFactory
    Stream<DynamicTest> everyShape_isResolvedByTheRule() {
        long first = Long.getLong("hume.shapes.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("hume.shapes.runs", 3))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
    }

    private static void check(long seed) throws IOException {
        List<Shape> shapes = Shapes.generate(seed, SHAPES, false);
        Indexer indexer = new Indexer();
        for (byte[] bytes : Shapes.compile(shapes).values()) {
            indexer.index(new ByteArrayInputStream(bytes));
        }
        ClientResolver resolver = new ClientResolver(new ClientIndex(indexer.complete()), Map.of());
        List<String> differences = new ArrayList<>();
        for (Shape shape : shapes) {
            Map<String, String> expected = new TreeMap<>();
            boolean ambiguous = false;
            for (Map.Entry<String, Expectation> call : shape.expectations().entrySet()) {
                ambiguous |= call.getValue().ambiguous();
                expected.put(call.getKey(), call.getValue().annotation() == null ? "nothing"
                        : call.getValue().annotation().account() + " " + call.getValue().annotation().strategy());
            }
            AuthenticatedClient client = resolver.clients().get(shape.name());
            Map<String, String> resolved = new TreeMap<>();
            if (client != null) {
                client.calls().forEach(call -> resolved.put(call.name(), call.declaration() == null ? "nothing"
                        : call.authentication().account() + " " + call.authentication().strategy()));
            } else {
                expected.values().removeIf("nothing"::equals);
            }
            if (!expected.equals(resolved) || ambiguous != (client != null && !client.conflicts().isEmpty())) {
                differences.add("seed " + seed + ", " + shape.name() + ": expected " + expected
                        + (ambiguous ? ", ambiguous" : "") + ", resolved " + resolved + ": "
                        + (client == null ? "" : client.conflicts()) + "\n" + shape);
            }
        }
        assertThat(shapes).anyMatch(Shape::isAmbiguous).anyMatch(shape -> !shape.isAmbiguous());
        assertThat(differences).as("seed %s: %s of %s shapes differ", seed, differences.size(), shapes.size()).isEmpty();
    }
}
