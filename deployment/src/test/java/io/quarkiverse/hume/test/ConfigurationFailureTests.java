package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Shared assertions for invalid configurations. */
final class ConfigurationFailureTests {

    private ConfigurationFailureTests() {
    }

    /** Asserts on the messages of the failure and of all its causes, and that no secret is among them. */
    static void assertMessages(Throwable failure, String... expected) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        assertThat(messages.toString()).as(Arrays.toString(expected)).contains(expected).doesNotContain("s3cr3t");
    }
}
