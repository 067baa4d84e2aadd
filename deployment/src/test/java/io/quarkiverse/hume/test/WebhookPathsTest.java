package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** Unsigned requests reach no method, for any spelling of the path and any HTTP method. */
class WebhookPathsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(PathSpellings.class, BrowserCall.class, BrowserCall.Answer.class,
                    WebhookCalls.class))
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY);

    private static final AtomicInteger INVOCATIONS = new AtomicInteger();

    // The path of the spellings, and a template next to it that would match some of them.
    @Path("/hume/token")
    @HumeWebhook
    @Consumes(MediaType.WILDCARD)
    public static class Hooks {
        @POST
        public String post(String body) {
            return reached();
        }

        @PUT
        public String put(String body) {
            return reached();
        }

        @GET
        public String get() {
            return reached();
        }

        @POST
        @Path("/{more}")
        public String more(String body) {
            return reached();
        }
    }

    private static String reached() {
        INVOCATIONS.incrementAndGet();
        return "reached";
    }

    @AfterEach
    void forget() {
        INVOCATIONS.set(0);
    }

    @TestFactory
    Stream<DynamicTest> unsigned_underAnySpelling_reachesNoMethod() {
        return PathSpellings.all().stream().flatMap(path -> Stream.of("POST", "GET", "PUT").map(method -> DynamicTest
                .dynamicTest(method + " " + path, () -> assertRejected(BrowserCall.anonymous().send(method, path)))));
    }

    @TestFactory
    Stream<DynamicTest> unsigned_withAMethodOverride_reachesNoMethod() {
        return Stream.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method")
                .flatMap(header -> Stream.of("GET", "POST", "PUT", "HEAD", "PATCH", "DELETE", "OPTIONS")
                        .map(method -> DynamicTest
                                .dynamicTest(method + " " + header, () -> {
                                    Answer answer = BrowserCall.anonymous().header(header, "POST")
                                            .send(method, "/hume/token?_method=POST");
                                    assertThat(answer.body()).doesNotContain("reached");
                                    assertThat(INVOCATIONS).hasValue(0);
                                })));
    }

    @Test
    void signed_reachesTheMethod() {
        WebhookCalls calls = new WebhookCalls();
        try {
            assertThat(calls.deliver("/hume/token", WebhookCalls.KEY, WebhookCalls.body()).body()).isEqualTo("reached");
        } finally {
            calls.end();
        }
    }

    private static void assertRejected(Answer answer) {
        assertThat(answer.status()).isIn(400, 401, 404, 405);
        assertThat(answer.body()).doesNotContain("reached");
        assertThat(INVOCATIONS).hasValue(0);
    }
}
