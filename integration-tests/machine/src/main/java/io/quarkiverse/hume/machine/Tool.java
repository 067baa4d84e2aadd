package io.quarkiverse.hume.machine;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a test needs and a machine may not have.
 *
 * @param name what the line about skipped tests calls it
 * @param remedy how to get it, as a sentence without its full stop
 * @param examination finds out why it cannot be used, empty if it can; may take long
 */
public record Tool(String name, String remedy, Supplier<Optional<String>> examination) {

    public Tool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(examination, "examination");
    }
}
