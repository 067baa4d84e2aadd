package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/**
 * Quarkus does not implement methods that a client inherits from an interface outside the index. The build fails for such
 * calls.
 */
class UnindexedCallsTest {

    private static final Map<String, String> LIBRARY = Map.of("Calls", """
            @io.quarkiverse.hume.HumeAuthenticated public interface Calls { @GET @Path("/inherited") String inherited(); }
            """, "SubParent", "public interface SubParent { @GET @Path(\"/base\") String base(); }", "Overridden", """
            @io.quarkiverse.hume.HumeAuthenticated public interface Overridden { String overridden(); }
            """);
    private static final Map<String, String> CLIENTS = new LinkedHashMap<>(Map.of(
            "OfCalls", """
                    @RegisterRestClient @Path("/") public interface OfCalls extends Calls { @GET @Path("/own") String own(); }
                    """,
            "OfOverridden", """
                    @RegisterRestClient @Path("/") public interface OfOverridden extends Overridden {
                        @Override @GET String overridden();
                    }
                    """,
            "Sub", "public interface Sub extends SubParent { @GET @Path(\"/call\") String call(); }",
            "OfSub", """
                    @io.quarkiverse.hume.HumeAuthenticated @RegisterRestClient @Path("/") public interface OfSub {
                        @Path("/sub") Sub sub();
                    }
                    """));

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = UnindexedLibrary.addTo(new QuarkusUnitTest(), LIBRARY, CLIENTS)
            .assertException(failure -> assertThat(failure).hasStackTraceContaining("The REST client shapes.OfCalls inherits"
                    + " inherited() from shapes.Calls, which is in a dependency without a Jandex index")
                    .hasStackTraceContaining("To make it a call to Hume, set quarkus.index-dependency.\"name\".group-id")
                    .hasStackTraceContaining("The REST client shapes.OfSub inherits sub().base() from shapes.SubParent")
                    .satisfies(problem -> assertThat(problem.toString()).doesNotContain("OfOverridden", "sub().call",
                            "own()")));

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
