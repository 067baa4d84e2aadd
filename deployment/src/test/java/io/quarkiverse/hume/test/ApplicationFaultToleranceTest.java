package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** An application that uses fault tolerance with its Quarkus extension, while this extension uses only the library. */
class ApplicationFaultToleranceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, VoiceClient.class,
                    ForcedExtensions.class))
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.FAULT_TOLERANCE));

    @RestClient
    VoiceClient voice;
    @Inject
    Guarded guarded;

    @BeforeEach
    void revokeTheTokenInUse() {
        ApplicationToken.revoke();
    }

    /** Counts calls and failures, so that a second call, a second attempt or a failure is detected. */
    @ApplicationScoped
    public static class Guarded {

        @RestClient
        VoiceClient voice;
        final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 3)
        @Timeout(10_000)
        @CircuitBreaker(requestVolumeThreshold = 2, failureRatio = 0.1)
        public String call() {
            attempts.incrementAndGet();
            return voice.plain();
        }

        public int attempts() {
            return attempts.get();
        }
    }

    @Test
    void faultToleranceOfTheApplication_seesOneSuccessfulCall() {
        for (int i = 1; i <= 3; i++) {
            assertThat(guarded.call()).contains("configs_page");
            assertThat(guarded.attempts()).isEqualTo(i);
            revokeTheTokenInUse();
        }
    }

    @Test
    void tokenRequest_isRepeatedAsWithoutTheExtension() {
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(503).times(1));
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().tokenRequests().haveSize(2);
    }
}
