package io.quarkiverse.hume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class HumeAuthenticationExceptionTest {

    @Test
    void exception_full_messageContainsAllFields() {
        Throwable cause = new IllegalStateException();
        Instant retryAt = Instant.parse("2026-03-01T00:00:00Z");
        HumeAuthenticationException exception = new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_RATE_LIMITED, "cloud",
                "what to do", cause, retryAt);
        assertThat(exception).hasMessage("what to do").hasCause(cause);
        assertThat(exception.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_RATE_LIMITED);
        assertThat(exception.account()).isEqualTo("cloud");
        assertThat(exception.retryAt()).contains(retryAt);
    }

    @Test
    void exception_withoutCause_hasNoneAndNoRetryAt() {
        HumeAuthenticationException exception = new HumeAuthenticationException(Reason.CLOSED, "cloud", "message");
        assertThat(exception).hasNoCause();
        assertThat(exception.retryAt()).isEmpty();
    }

    @Test
    void exception_withCause_hasNoRetryAt() {
        Throwable cause = new IllegalStateException();
        HumeAuthenticationException exception = new HumeAuthenticationException(Reason.CLOSED, "cloud", "message", cause);
        assertThat(exception).hasCause(cause);
        assertThat(exception.retryAt()).isEmpty();
    }

    @Test
    void exception_withoutReason_isRejected() {
        assertThatNullPointerException().isThrownBy(() -> new HumeAuthenticationException(null, "cloud", "message"));
    }
}
