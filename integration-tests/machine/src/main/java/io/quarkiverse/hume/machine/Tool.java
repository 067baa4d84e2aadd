package io.quarkiverse.hume.machine;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A tool that tests need and that may be missing on a machine.
 *
 * @param name the name in the message about skipped tests
 * @param remedy how to install the tool, as a sentence without the full stop
 * @param examination returns why the tool cannot be used, or empty if it can be used; may take long
 */
public record Tool(String name, String remedy, Supplier<Optional<String>> examination) {

    public Tool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(examination, "examination");
    }
}
