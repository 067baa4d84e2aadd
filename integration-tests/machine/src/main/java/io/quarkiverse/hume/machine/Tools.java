package io.quarkiverse.hume.machine;

import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;

import org.opentest4j.TestAbortedException;

/**
 * Decides what happens with a test if a tool is missing: the test is skipped, and one message per tool and build states the
 * reason and how to install the tool. If the environment variable {@value #REQUIRED} is {@code true}, as in continuous
 * integration, the test fails instead.
 */
public final class Tools {

    public static final String REQUIRED = "TEST_TOOLS_REQUIRED";

    private final boolean required;
    private final Findings findings;
    private final PrintStream out;

    Tools(boolean required, Findings findings, PrintStream out) {
        this.required = required;
        this.findings = findings;
        this.out = out;
    }

    static Tools ofThisMachine() {
        return new Tools(isRequired(System.getenv(REQUIRED)), Findings.ofThisBuild(), System.out);
    }

    /** Skips a part of a test if the tool is missing. Blocks while the tool is examined for the first time. */
    public static void assume(Tool tool) {
        ofThisMachine().reasonToSkip(tool).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
    }

    /**
     * @return why the test is skipped; empty if the tool can be used
     * @throws MissingToolException if the tool cannot be used although it is required
     */
    Optional<String> reasonToSkip(Tool tool) {
        Findings.Finding finding = findings.of(tool);
        if (finding.problem().isEmpty()) {
            return Optional.empty();
        }
        String reason = tool.name() + ": " + finding.problem().get();
        if (required) {
            throw new MissingToolException(reason + ". " + tool.remedy() + ". " + REQUIRED + " is set, so that no test is"
                    + " skipped");
        }
        if (finding.first()) {
            out.println("Skipping the tests that need " + reason + ". " + tool.remedy() + ". With " + REQUIRED
                    + "=true, these tests fail instead.");
        }
        return Optional.of(reason);
    }

    /**
     * Whether tools are required. Any value except a clear no counts as yes, so that a misspelled value does not silently skip
     * tests.
     */
    static boolean isRequired(String value) {
        String given = Objects.requireNonNullElse(value, "").strip();
        return !given.isEmpty() && !given.equalsIgnoreCase("false");
    }
}
