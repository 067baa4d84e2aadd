package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.enterprise.inject.spi.CDI;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.QuarkusUnitTest;

/**
 * Clients extend, return or register types of a library without an index: their calls are authenticated, and the build names
 * the annotated interfaces and the remedy.
 */
class UnindexedDependencyTest {

    /** By simple name. */
    private static final Map<String, String> LIBRARY = new LinkedHashMap<>();
    private static final Map<String, String> CLIENTS = new LinkedHashMap<>();

    static {
        LIBRARY.put("Marker", "@io.quarkiverse.hume.HumeAuthenticated public interface Marker {}");
        LIBRARY.put("Plain", "public interface Plain extends Marker {}");
        LIBRARY.put("Sub", """
                @io.quarkiverse.hume.HumeAuthenticated public interface Sub { @GET @Path("/call") String call(); }
                """);
        LIBRARY.put("Filter", """
                public class Filter implements jakarta.ws.rs.client.ClientRequestFilter {
                    public void filter(jakarta.ws.rs.client.ClientRequestContext request) {
                        request.getHeaders().putSingle("Authorization", "Bearer foreign");
                    }
                }
                """);
        CLIENTS.put("OfMarker",
                "@RegisterRestClient @Path(\"/\") public interface OfMarker extends Marker { @GET String get(); }");
        CLIENTS.put("OfGrandParent",
                "@RegisterRestClient @Path(\"/\") public interface OfGrandParent extends Plain { @GET String get(); }");
        CLIENTS.put("OfSub", """
                @RegisterRestClient @Path("/") public interface OfSub { @Path("/sub") Sub sub(); @GET String get(); }
                """);
        CLIENTS.put("Filtered", """
                @RegisterRestClient @Path("/") @org.eclipse.microprofile.rest.client.annotation.RegisterProvider(Filter.class)
                public interface Filtered extends Marker { @GET String get(); }
                """);
    }

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = UnindexedLibrary.addTo(new QuarkusUnitTest(), LIBRARY, CLIENTS)
            .setBeforeAllCustomizer(() -> Platforms.start("default"))
            .overrideConfigKey("quarkus.arc.remove-unused-beans", "none")
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key-of-default")
            .overrideConfigKey("hume.secret-key", "secret-of-default")
            .overrideConfigKey("hume.base-url", "${platform.default}")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume.deployment")
                    && record.getLevel().intValue() >= Level.INFO.intValue())
            .assertLogRecords(UnindexedDependencyTest::assertMessages);

    private static void assertMessages(List<LogRecord> records) {
        List<String> messages = records.stream().map(record -> String.format(record.getMessage(), record.getParameters()))
                .toList();
        assertThat(messages).filteredOn(message -> message.startsWith("HUME0125")).satisfiesExactlyInAnyOrder(
                marker -> assertThat(marker).startsWith(
                        "HUME0125: shapes.Marker has @HumeAuthenticated and is in a dependency without a Jandex index")
                        .contains("set quarkus.index-dependency.\"name\".group-id", "jandex-maven-plugin"),
                sub -> assertThat(sub).startsWith("HUME0125: shapes.Sub has @HumeAuthenticated"));
        assertThat(messages).filteredOn(message -> message.startsWith("HUME0117")).singleElement().asString()
                .contains("shapes.Filter sets Authorization", "shapes.Filtered");
    }

    @ParameterizedTest
    @CsvSource({ "OfMarker, get", "OfGrandParent, get", "Filtered, get", "OfSub, sub" })
    void clients_areAuthenticated(String client, String method) throws Exception {
        Class<?> type = Thread.currentThread().getContextClassLoader().loadClass("shapes." + client);
        Object answer = type.getMethod(method).invoke(CDI.current().select(type, RestClient.LITERAL).get());
        if (method.equals("sub")) {
            answer = Thread.currentThread().getContextClassLoader().loadClass("shapes.Sub").getMethod("call").invoke(answer);
        }
        assertThat(answer).isEqualTo("default token-of-default -");
    }
}
