package io.quarkiverse.hume.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Records log messages until it is closed. */
final class LogMessages extends Handler implements AutoCloseable {

    private static final ExtFormatter MESSAGE = new PatternFormatter("%m");

    private final List<String> messages = new CopyOnWriteArrayList<>();

    LogMessages() {
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        messages.add(MESSAGE.formatMessage(record));
    }

    /** Those that begin with a code. */
    List<String> of(String code) {
        return messages.stream().filter(message -> message.startsWith(code)).toList();
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
