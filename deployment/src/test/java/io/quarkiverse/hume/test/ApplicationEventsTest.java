package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeEvent;
import io.quarkiverse.hume.HumeEvent.CredentialRejected;
import io.quarkiverse.hume.HumeEvent.TokenRefreshFailing;
import io.quarkiverse.hume.HumeEvent.TokenRefreshRecovered;
import io.quarkiverse.hume.HumeEvent.TokenRefreshed;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Context;

/** CDI events about credentials, with observers that fail or block. */
class ApplicationEventsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, VoiceClient.class, SecretSearch.class))
            .overrideConfigKey("hume.token.retry.max-retries", "0")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS")
            // No refresher between losing a token and the fault.
            .overrideConfigKey("hume.token.check-every", "1H");

    @Singleton
    public static class Observer {

        static final List<HumeEvent> EVENTS = new CopyOnWriteArrayList<>();
        static volatile boolean onEventLoop;

        void observe(@ObservesAsync @Priority(1) HumeEvent event) {
            onEventLoop |= Context.isOnEventLoopThread();
            EVENTS.add(event);
        }
    }

    @Singleton
    public static class Throwing {

        void observe(@ObservesAsync HumeEvent event) {
            throw new IllegalStateException("an observer that fails");
        }
    }

    @Singleton
    public static class Blocking {

        static volatile CountDownLatch released = new CountDownLatch(0);

        void observe(@ObservesAsync TokenRefreshed event) throws InterruptedException {
            released.await();
        }
    }

    @RestClient
    VoiceClient voice;

    @BeforeEach
    void token() {
        ApplicationToken.renew();
        voice.plain();
        await().until(() -> !Observer.EVENTS.isEmpty());
        Observer.EVENTS.clear();
    }

    @AfterEach
    void nothingOnAnEventLoopAndNoSecret() {
        Blocking.released.countDown();
        HumeEmulator.connect().reset();
        assertThat(Observer.onEventLoop).isFalse();
        assertThat(SecretSearch.of("emulator-api-key", "emulator-secret-key", "emulator-token-")
                .findings(Observer.EVENTS.toString())).isEmpty();
    }

    private static <T extends HumeEvent> T event(Class<T> type) {
        await().until(() -> Observer.EVENTS.stream().anyMatch(type::isInstance));
        return Observer.EVENTS.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    @Test
    void newToken_isRefreshed() {
        ApplicationToken.renew();
        TokenRefreshed event = event(TokenRefreshed.class);
        assertThat(event.account()).isEqualTo(HumeAccount.DEFAULT);
        assertThat(event.refreshAt()).isBefore(event.expiresAt());
    }

    @Test
    void failures_areReportedOnceUntilTheyEnd() {
        ApplicationToken.expire();
        HumeEmulator.connect().tokenEndpoint().fail(503);
        assertThat(catchThrowable(voice::plain)).isNotNull();
        await().until(() -> catchThrowable(voice::plain) != null && HumeEmulator.connect().tokenRequests().size() > 3);
        TokenRefreshFailing failing = event(TokenRefreshFailing.class);
        assertThat(failing.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(failing.tokenValidUntil()).isEmpty();
        HumeEmulator.connect().recover();
        await().ignoreExceptions().until(() -> voice.plain() != null);
        TokenRefreshRecovered recovered = event(TokenRefreshRecovered.class);
        assertThat(recovered.failures()).isGreaterThan(1);
        assertThat(Observer.EVENTS.stream().filter(TokenRefreshFailing.class::isInstance)).hasSize(1);
    }

    @Test
    void revokedToken_isRejected() {
        ApplicationToken.revoke();
        Observer.EVENTS.clear();
        assertThat(voice.plain()).contains("configs_page");
        assertThat(event(CredentialRejected.class))
                .isEqualTo(new CredentialRejected(HumeAccount.DEFAULT, HumeStrategy.TOKEN));
    }

    @Test
    void regeneratedKey_isRejectedOnce() {
        assertThat(voice.withApiKey()).contains("chats_page");
        HumeEmulator.connect().defaultAccount().regenerateKeysButKeepTokens();
        for (int i = 0; i < 5; i++) {
            assertThat(catchThrowable(voice::withApiKey)).isNotNull();
        }
        assertThat(event(CredentialRejected.class))
                .isEqualTo(new CredentialRejected(HumeAccount.DEFAULT, HumeStrategy.API_KEY));
        HumeEmulator.connect().reset();
        ApplicationToken.renew(); // What was fired before it has arrived by the time this one has.
        event(TokenRefreshed.class);
        assertThat(Observer.EVENTS.stream().filter(CredentialRejected.class::isInstance)).hasSize(1);
    }

    @Test
    void blockingObserver_delaysNothing() {
        Blocking.released = new CountDownLatch(1);
        ApplicationToken.renew();
        event(TokenRefreshed.class);
        HumeEmulator.connect().revokeTokens();
        assertThat(voice.plain()).contains("configs_page");
        event(CredentialRejected.class);
    }
}
