package io.quarkiverse.hume.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;

/** Every state of a token, as the readiness check reports it. */
class AccountReadinessTest {

    private static final Instant EXPIRY = Instant.parse("2026-03-01T00:30:00Z");
    private static final Instant SINCE = Instant.parse("2026-03-01T00:25:00Z");
    private static final Instant NEXT = Instant.parse("2026-03-01T00:26:00Z");

    @BeforeAll
    static void provider() {
        HealthCheckResponse.setResponseProvider(new PlainResponses());
    }

    @AfterAll
    static void noProvider() {
        HealthCheckResponse.setResponseProvider(null);
    }

    @Test
    void tokenValidWhileRenewalFails_isUpAndReportsBoth() {
        HealthCheckResponse response = ready(token(true, Reason.TOKEN_ENDPOINT_TIMEOUT, NEXT));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(response.getData()).hasValue(Map.of("a", "UP", "a.strategy", "token", "a.token-expires-at",
                EXPIRY.toString(), "a.reason", "TOKEN_ENDPOINT_TIMEOUT", "a.failing-since", SINCE.toString(),
                "a.next-attempt", NEXT.toString()));
    }

    @Test
    void tokenExpiredAndRenewalFails_isDownWithoutTheExpiryOfTheOldToken() {
        HealthCheckResponse response = ready(token(false, Reason.CREDENTIALS_REJECTED, null));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData()).hasValue(Map.of("a", "DOWN", "a.strategy", "token", "a.reason",
                "CREDENTIALS_REJECTED", "a.failing-since", SINCE.toString()));
    }

    @Test
    void tokenExpiredAndNothingFailed_isUp() {
        assertThat(ready(token(false, null, null)).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void oneOfTwoAccountsDown_isDown() {
        HealthCheckResponse response = ready(token(true, null, null), token(false, Reason.CLOSED, null));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("a", "UP").containsEntry("b", "DOWN");
    }

    private static HumeAccountStatus.Token token(boolean valid, Reason failure, Instant next) {
        return new HumeAccountStatus.Token(valid, Optional.empty(), Optional.empty(), Optional.of(EXPIRY), false,
                failure == null ? 0 : 2, Optional.ofNullable(failure).map(reason -> "the message"), Optional.ofNullable(next),
                Optional.ofNullable(failure), Optional.ofNullable(failure).map(reason -> SINCE));
    }

    private static HealthCheckResponse ready(HumeAccountStatus.Token... tokens) {
        List<HumeAccountStatus> statuses = new ArrayList<>();
        for (HumeAccountStatus.Token token : tokens) {
            statuses.add(new HumeAccountStatus(statuses.isEmpty() ? "a" : "b", HumeStrategy.TOKEN, "because",
                    URI.create("https://api.hume.ai"), Optional.of(token)));
        }
        return new AccountReadiness(new HumeAccounts() {
            @Override
            public List<HumeAccountStatus> all() {
                return statuses;
            }

            @Override
            public HumeAccountStatus get(String account) {
                throw new UnsupportedOperationException(account);
            }
        }).call();
    }

    private static final class PlainResponses implements HealthCheckResponseProvider {

        @Override
        public HealthCheckResponseBuilder createResponseBuilder() {
            return new PlainResponse();
        }
    }

    private static final class PlainResponse extends HealthCheckResponseBuilder {

        private final Map<String, Object> data = new LinkedHashMap<>();
        private String name;
        private HealthCheckResponse.Status status;

        @Override
        public HealthCheckResponseBuilder name(String given) {
            name = given;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            status = up ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, status, Optional.of(data));
        }
    }
}
