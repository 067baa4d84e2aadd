package org.acme.voice;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

/** What a chat said. */
@ApplicationScoped
public class Transcript {

    private final Queue<String> frames = new ConcurrentLinkedQueue<>();

    void add(String frame) {
        frames.add(frame);
    }

    public String text() {
        return String.join("\n", frames);
    }
}
