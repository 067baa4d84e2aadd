package io.quarkiverse.hume.it.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the extension logs at INFO and above, and everybody's errors. */
final class LogLines extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        ROOT.addHandler(this);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        boolean ours = record.getLoggerName().startsWith("io.quarkiverse.hume")
                && record.getLevel().intValue() >= Level.INFO.intValue();
        if (ours || record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            lines.add(record.getLevel() + " " + record.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
